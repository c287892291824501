/** The list of the search page: fetched as a fragment, swapped in place, announced. */
import { make } from "../make";
import { type Bounds, boxAround, parseBox } from "../map/box";
import { Latest } from "../map/latest";
import type { Lit } from "../map/markers";
import { TONES, type Tone } from "../map/shapes";
import { text } from "../strings";

const LOCATED = "[data-id][data-lat][data-lon]";

function toneOf(item: HTMLElement): Tone {
  return TONES.find((tone) => tone === item.dataset.tone) ?? "social";
}

/** A located item of the list as the map lights it. */
function litOf(item: HTMLElement): Lit | null {
  const { id, lat, lon } = item.dataset;
  return id && lat && lon ? { id, lat: Number(lat), lon: Number(lon), tone: toneOf(item) } : null;
}

export class ResultList {
  readonly #region: HTMLElement;
  readonly #latest = new Latest();
  readonly #status = make("p", { class: "visually-hidden", role: "status" });

  constructor(region: HTMLElement, touched: (lit: Lit | null) => void) {
    this.#region = region;
    region.after(this.#status);
    const touch = (event: Event): void => {
      const item = (event.target as Element).closest<HTMLElement>(LOCATED);
      touched(item && litOf(item));
    };
    for (const type of ["pointerover", "focusin"]) region.addEventListener(type, touch);
    for (const type of ["pointerleave", "focusout"]) region.addEventListener(type, () => touched(null));
  }

  /** Fetches the list at an address after a short wait; `shown` is called once it is on the page. */
  load(url: string, waitMs: number, shown: () => void): void {
    this.#region.setAttribute("aria-busy", "true");
    this.#latest.ask(
      waitMs,
      async (signal) => {
        const response = await fetch(url, { signal, headers: { "HX-Request": "true" } });
        // a refused search comes as a list too: it says in a sentence what to change
        if (!response.ok && response.status !== 422) throw new Error(`${url} answered ${response.status}`);
        return response.text();
      },
      (html) => {
        this.#swap(html);
        shown();
      },
      (problem) => this.#fail(problem),
    );
  }

  /** The part of the map the list is about. */
  bounds(): Bounds | null {
    const items = [...this.#region.querySelectorAll<HTMLElement>(LOCATED)];
    const said = parseBox(this.#region.querySelector<HTMLElement>("[data-bounds]")?.dataset.bounds);
    return said ?? boxAround(items.map(({ dataset }) => ({ lat: Number(dataset.lat), lon: Number(dataset.lon) })));
  }

  /** Lights the item of one organisation, or none. */
  light(id: string | null): void {
    for (const item of this.#region.querySelectorAll<HTMLElement>(LOCATED)) {
      item.classList.toggle("is-lit", item.dataset.id === id);
    }
  }

  /** Brings the top of the list into view, for the eye and for those who listen. */
  toTop(): void {
    this.#region.tabIndex = -1;
    this.#region.focus({ preventScroll: true });
    this.#region.scrollIntoView({ block: "start" });
  }

  #swap(html: string): void {
    const template = make("template");
    template.innerHTML = html; // our own server's fragment, names escaped there
    for (const element of template.content.querySelectorAll<HTMLElement>("[data-needs-script]")) element.hidden = false;
    const inner = template.content.querySelector(`#${this.#region.id}`);
    this.#region.replaceChildren(...(inner ?? template.content).childNodes);
    this.#region.removeAttribute("aria-busy");
    const said = this.#region.querySelector("[data-announce]") ?? this.#region.querySelector("h2, p");
    this.#status.textContent = said?.textContent?.trim().replace(/\s+/g, " ") ?? "";
  }

  #fail(problem: unknown): void {
    console.warn(problem);
    this.#region.removeAttribute("aria-busy");
    this.#status.textContent = text("unavailable");
    this.#region.prepend(make("p", { class: "notice notice-warning", "data-failure": true }, text("unavailable")));
    for (const old of [...this.#region.querySelectorAll("[data-failure]")].slice(1)) old.remove();
  }
}
