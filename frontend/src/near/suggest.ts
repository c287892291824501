/** Suggestions under a place field: towns, organisations and topics, after the ARIA 1.2 combobox pattern. */
import { make } from "../make";
import { Latest, fetchJson } from "../map/latest";
import { endpoint, pageData } from "../page";
import { named, pageLanguage, text } from "../strings";
import { carry } from "./form";

type Answer = {
  places: { label: string; lat: number; lon: number }[];
  organisations: { name: string; kind: string; place?: string; tone?: string; url: string }[];
  topics: { topic: string; count: number; url?: string }[];
};

type Choice = { label: string; aside: string; choose: () => void };
type Group = { title: string; choices: Choice[] };

const WAIT_MS = 120;
const FEWEST_LETTERS = 2;
let lists = 0;

class Suggestions {
  readonly #input: HTMLInputElement;
  readonly #list: HTMLElement;
  readonly #status = make("span", { class: "visually-hidden", role: "status" });
  readonly #latest = new Latest();
  #options: { element: HTMLElement; choice: Choice }[] = [];
  #active = -1;

  constructor(input: HTMLInputElement) {
    this.#input = input;
    const id = `suggestions-${++lists}`;
    this.#list = make("div", { id, class: "combobox-list", role: "listbox", "aria-label": text("suggestions"), hidden: true });
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id };
    for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
    input.autocomplete = "off";
    input.after(this.#list, this.#status);
    input.addEventListener("input", () => this.#typed());
    input.addEventListener("keydown", (event) => this.#onKey(event));
    input.addEventListener("blur", () => this.#close());
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the field
    this.#list.addEventListener("click", (event) => this.#onClick(event));
  }

  #typed(): void {
    const { form, value } = this.#input;
    if (form) for (const name of ["lat", "lon", "box"]) carry(form, name, ""); // they were another place's
    const typed = value.trim();
    if (typed.length < FEWEST_LETTERS) {
      this.#latest.cancel();
      this.#close();
      return;
    }
    const ask = (signal: AbortSignal): Promise<Answer> =>
      fetchJson(endpoint("suggest", new URLSearchParams({ q: typed })), signal);
    // without suggestions the field still works: the server reads what was typed
    this.#latest.ask(WAIT_MS, ask, (answer) => this.#show(this.#groups(answer)), () => this.#close());
  }

  #groups({ places, organisations, topics }: Answer): Group[] {
    const groups = [
      { title: text("places"), choices: places.map((place) => this.#placeChoice(place)) },
      { title: text("organisationsGroup"), choices: organisations.map(organisationChoice) },
      { title: text("topics"), choices: topics.map(topicChoice) },
    ];
    return groups.filter(({ choices }) => choices.length > 0);
  }

  #placeChoice({ label, lat, lon }: Answer["places"][number]): Choice {
    const choose = (): void => {
      this.#input.value = label;
      const { form } = this.#input;
      if (!form) return;
      carry(form, "lat", String(lat));
      carry(form, "lon", String(lon));
      form.requestSubmit();
    };
    return { label, aside: "", choose };
  }

  #show(groups: Group[]): void {
    this.#options = [];
    this.#activate(-1);
    this.#list.replaceChildren(...groups.map((group) => this.#groupElement(group)));
    const n = this.#options.length;
    this.#status.textContent = n ? text("suggestionCount", { count: n }) : text("noSuggestions");
    if (!n || document.activeElement !== this.#input) this.#close();
    else this.#setOpen(true);
  }

  #groupElement({ title, choices }: Group): HTMLElement {
    const options = choices.map((choice) => {
      const id = `${this.#list.id}-${this.#options.length}`;
      const aside = choice.aside ? [make("span", { class: "combobox-aside" }, choice.aside)] : [];
      const label = make("span", { class: "combobox-label" }, choice.label);
      const element = make("div", { id, class: "combobox-option", role: "option", "aria-selected": "false" }, label, ...aside);
      this.#options.push({ element, choice });
      return element;
    });
    const heading = make("div", { class: "combobox-group-title", role: "presentation" }, title);
    return make("div", { class: "combobox-group", role: "group", "aria-label": title }, heading, ...options);
  }

  #setOpen(isOpen: boolean): void {
    this.#list.hidden = !isOpen;
    this.#input.setAttribute("aria-expanded", String(isOpen));
  }

  #close(): void {
    this.#activate(-1);
    this.#setOpen(false);
  }

  #activate(index: number): void {
    this.#options[this.#active]?.element.setAttribute("aria-selected", "false");
    this.#active = index;
    const element = this.#options[index]?.element;
    element?.setAttribute("aria-selected", "true");
    element?.scrollIntoView({ block: "nearest" });
    if (element) this.#input.setAttribute("aria-activedescendant", element.id);
    else this.#input.removeAttribute("aria-activedescendant");
  }

  #onKey(event: KeyboardEvent): void {
    const isOpen = !this.#list.hidden;
    const n = this.#options.length;
    if (event.key === "Escape" && isOpen) this.#close();
    else if (event.key === "ArrowDown" && n > 0) this.#step(1, isOpen);
    else if (event.key === "ArrowUp" && n > 0) this.#step(-1, isOpen);
    else if (event.key === "Enter" && isOpen && this.#active >= 0) this.#choose(this.#active);
    else return;
    event.preventDefault();
  }

  /** One option on; beyond either end lies the field itself. */
  #step(by: 1 | -1, wasOpen: boolean): void {
    this.#setOpen(true);
    const from = wasOpen ? this.#active : -1;
    const places = this.#options.length + 1;
    this.#activate(((from + 1 + by + places) % places) - 1);
  }

  #choose(index: number): void {
    const option = this.#options[index];
    this.#latest.cancel();
    this.#close();
    option?.choice.choose();
  }

  #onClick(event: MouseEvent): void {
    const element = (event.target as Element).closest(".combobox-option");
    const index = this.#options.findIndex((option) => option.element === element);
    if (index >= 0) this.#choose(index);
  }
}

function organisationChoice({ name, kind, place, url }: Answer["organisations"][number]): Choice {
  const aside = [named("kinds", kind), place ?? ""].filter(Boolean).join(" · ");
  return { label: name, aside, choose: () => location.assign(url) };
}

function topicChoice({ topic, count, url }: Answer["topics"][number]): Choice {
  const near = pageData().urls?.near ?? location.pathname;
  const address = url ?? `${near}?${new URLSearchParams({ topic }).toString()}`;
  return { label: topic, aside: count.toLocaleString(pageLanguage()), choose: () => location.assign(address) };
}

/** Turns a text field into one that suggests. */
export function startSuggestions(input: HTMLInputElement): void {
  new Suggestions(input);
}
