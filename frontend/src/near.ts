/** The search page: form, list and map follow the address bar, and write to it. */
import { type Bounds, parseBox } from "./map/box";
import type { Explorer } from "./map/explorer";
import { addressOf, boxOf, filtersOf, fromForm, inBox } from "./near/address";
import { showInForm } from "./near/form";
import { ResultList } from "./near/results";
import { startSheet } from "./near/sheet";
import { onSight } from "./near/sight";
import { pageData } from "./page";
import { text } from "./strings";

const MOVING_WAIT_MS = 300;

type Parts = { form: HTMLFormElement; results: HTMLElement; mapElement: HTMLElement | null };

class NearPage {
  readonly #form: HTMLFormElement;
  readonly #list: ResultList;
  #explorer: Explorer | null = null;
  #follows = true;
  #followed = location.search;
  #closeSheet: () => void = () => undefined;
  #bounds: Bounds | null = pageData().bounds ?? null;

  constructor({ form, results, mapElement }: Parts) {
    this.#form = form;
    this.#list = new ResultList(results, (lit) => this.#explorer?.light(lit));
    this.#bounds ??= this.#list.bounds();
    this.#listen();
    if (mapElement) this.#prepareMap(mapElement, results.parentElement ?? results);
  }

  #search(): URLSearchParams {
    return new URLSearchParams(location.search);
  }

  #listen(): void {
    // in the capturing phase, so that this page has one master
    document.addEventListener("submit", (event) => this.#onSubmit(event), true);
    document.addEventListener("click", (event) => this.#onLink(event), true);
    this.#form.addEventListener("change", (event) => {
      const isChoice = event.target instanceof HTMLSelectElement || (event.target as HTMLInputElement).type === "checkbox";
      if (isChoice) this.#form.requestSubmit();
    });
    addEventListener("popstate", () => {
      if (location.search !== this.#followed) this.#follow(this.#search()); // else only a jump within the page
    });
  }

  #onSubmit(event: SubmitEvent): void {
    if (event.target !== this.#form) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#push(fromForm(new FormData(this.#form)));
  }

  #onLink(event: MouseEvent): void {
    const link = (event.target as Element).closest<HTMLAnchorElement>("main a[href]");
    const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!link || !isPlain || link.target || link.hasAttribute("download") || link.hash) return;
    if (link.origin !== location.origin || link.pathname !== location.pathname) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const search = new URLSearchParams(link.search);
    this.#push(search);
    if (search.has("page")) this.#list.toTop();
  }

  #push(search: URLSearchParams): void {
    const url = addressOf(location.pathname, search);
    if (url !== location.pathname + location.search) history.pushState(null, "", url);
    this.#follow(search);
  }

  /** Brings form, list and map to what the address says. */
  #follow(search: URLSearchParams): void {
    this.#followed = location.search;
    showInForm(this.#form, search);
    this.#explorer?.filter(filtersOf(search));
    this.#list.load(addressOf(location.pathname, search), 0, () => {
      this.#bounds = this.#list.bounds();
      const view = this.#viewOf(search);
      if (view && !search.has("page")) this.#explorer?.go(view);
    });
  }

  #viewOf(search: URLSearchParams): { bounds: Bounds; isExact: boolean } | null {
    const box = boxOf(search);
    const bounds = box ?? this.#bounds;
    return bounds && { bounds, isExact: box !== null };
  }

  /** The map was moved: the list follows, and the address says so. */
  #moved(bounds: Bounds): void {
    const search = inBox(this.#search(), bounds);
    const url = addressOf(location.pathname, search);
    history.replaceState(null, "", url);
    this.#followed = location.search;
    showInForm(this.#form, search);
    this.#list.load(url, MOVING_WAIT_MS, () => undefined);
  }

  #prepareMap(element: HTMLElement, list: HTMLElement): void {
    const toggle = document.getElementById("map-toggle");
    if (toggle) this.#closeSheet = startSheet(toggle, list);
    onSight(element, () => void this.#startMap(element).catch(console.warn));
  }

  async #startMap(element: HTMLElement): Promise<void> {
    const { EUROPE, Explorer, addSearchHere, viewOf } = await import("./map/all");
    const view = this.#viewOf(this.#search()) ?? { bounds: parseBox(element.dataset.bounds) ?? EUROPE };
    const explorer = new Explorer(element, view, filtersOf(this.#search()), {
      moved: (seen) => (this.#follows ? this.#moved(seen) : searchHere.offer()),
      touched: (id) => this.#list.light(id),
      piled: (seen) => this.#showPile(seen),
      failed: (problem) => console.warn(text("unavailable"), problem),
    });
    const searchHere = addSearchHere(explorer.map, {
      follows: (isOn) => (this.#follows = isOn),
      search: () => this.#moved(viewOf(explorer.map)),
    });
    this.#explorer = explorer;
  }

  #showPile(bounds: Bounds): void {
    this.#push(inBox(this.#search(), bounds));
    this.#closeSheet();
    this.#list.toTop();
  }
}

const form = document.getElementById("near-form");
const results = document.getElementById("results");
if (form instanceof HTMLFormElement && results) {
  new NearPage({ form, results, mapElement: document.getElementById("map") });
}

