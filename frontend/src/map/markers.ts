/** The markers over the map: buttons kept in place by key, one tab stop, arrows to walk between them. */
import type { Map as MapLibre } from "maplibre-gl";
import { make } from "../make";
import { text } from "../strings";
import { type Marker, draw, keyOf, shapeOf } from "./marker";
import type { Tone } from "./shapes";
import { type Direction, nextInDirection } from "./walk";

export type Lit = { id: string; lat: number; lon: number; tone: Tone };

type Shown = { marker: Marker; button: HTMLButtonElement; drawn: string };

type Calls = {
  /** A marker was chosen with pointer or keyboard. */
  chosen: (marker: Marker, button: HTMLButtonElement) => void;
  /** The pointer or the focus is on an organisation's marker, or on none. */
  touched: (id: string | null) => void;
};

const DIRECTIONS: Record<string, Direction> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};
const PAN_PIXELS = 100; // as far as MapLibre's own arrow keys go

export class MarkerLayer {
  readonly #layer = make("div", { class: "map-markers", role: "group", "aria-label": text("map") });
  readonly #map: MapLibre;
  readonly #calls: Calls;
  readonly #shown = new Map<string, Shown>();
  #tabStop: HTMLButtonElement | null = null;
  #ghost: { element: HTMLElement; lit: Lit } | null = null;

  constructor(map: MapLibre, calls: Calls) {
    this.#map = map;
    this.#calls = calls;
    map.getContainer().append(this.#layer);
    map.on("move", () => this.#place());
    map.on("resize", () => this.#place());
    this.#layer.addEventListener("click", (event) => this.#onClick(event));
    this.#layer.addEventListener("keydown", (event) => this.#onKey(event));
    for (const type of ["pointerover", "focusin"]) this.#layer.addEventListener(type, (event) => this.#onTouch(event));
    for (const type of ["pointerleave", "focusout"]) this.#layer.addEventListener(type, () => calls.touched(null));
  }

  /** Shows exactly these markers; those already there stay the same elements. */
  show(markers: readonly Marker[]): void {
    const focused = this.#focused();
    const gone = new Map(this.#shown);
    for (const marker of markers) {
      const key = keyOf(marker);
      gone.delete(key);
      this.#put(key, marker);
    }
    for (const [key, { button }] of gone) {
      this.#shown.delete(key);
      button.remove();
    }
    this.#place();
    this.#keepTabStop(focused);
  }

  /** Lights an organisation's marker; where it is inside a group, a lit shape at its own place. */
  light(lit: Lit | null): void {
    this.#ghost?.element.remove();
    this.#ghost = null;
    let isFound = false;
    for (const { marker, button } of this.#shown.values()) {
      const isThis = lit !== null && marker.id === lit.id;
      button.classList.toggle("is-lit", isThis);
      isFound ||= isThis;
    }
    if (!lit || isFound) return;
    const element = make("span", { class: "marker marker-one marker-ghost is-lit", "aria-hidden": "true" }, shapeOf(lit.tone));
    this.#ghost = { element, lit };
    this.#layer.append(element);
    this.#place();
  }

  #put(key: string, marker: Marker): void {
    const drawn = JSON.stringify([marker.count, marker.tones, marker.name]);
    let shown = this.#shown.get(key);
    if (!shown) {
      const button = make("button", { type: "button", tabindex: -1, "data-key": key });
      shown = { marker, button, drawn: "" };
      this.#shown.set(key, shown);
      this.#layer.append(button);
    }
    shown.marker = marker;
    if (shown.drawn !== drawn) draw(shown.button, marker);
    shown.drawn = drawn;
  }

  #point({ lat, lon }: { lat: number; lon: number }): { x: number; y: number } {
    const turns = Math.round((this.#map.getCenter().lng - lon) / 360);
    return this.#map.project([lon + 360 * turns, lat]);
  }

  #place(): void {
    const move = (element: HTMLElement, { x, y }: { x: number; y: number }): void => {
      element.style.transform = `translate(${x.toFixed(1)}px,${y.toFixed(1)}px)`;
    };
    for (const { marker, button } of this.#shown.values()) move(button, this.#point(marker));
    if (this.#ghost) move(this.#ghost.element, this.#point(this.#ghost.lit));
  }

  #of(target: EventTarget | null): Shown | null {
    const button = target instanceof Element ? target.closest<HTMLButtonElement>("button.marker") : null;
    return this.#shown.get(button?.dataset.key ?? "") ?? null;
  }

  #focused(): Shown | null {
    return this.#layer.contains(document.activeElement) ? this.#of(document.activeElement) : null;
  }

  #keepTabStop(focused: Shown | null): void {
    if (focused && !focused.button.isConnected) this.#focusNearest(focused);
    if (this.#tabStop?.isConnected) return;
    const first = this.#shown.values().next().value;
    if (first) this.#setTabStop(first.button);
  }

  #focusNearest(gone: Shown): void {
    const from = this.#point(gone.marker);
    const away = (one: Shown): number => {
      const { x, y } = this.#point(one.marker);
      return Math.hypot(x - from.x, y - from.y);
    };
    const nearest = [...this.#shown.values()].sort((one, other) => away(one) - away(other))[0];
    if (nearest) this.#focus(nearest.button);
    else this.#map.getCanvas().focus();
  }

  #setTabStop(button: HTMLButtonElement): void {
    if (this.#tabStop) this.#tabStop.tabIndex = -1;
    this.#tabStop = button;
    button.tabIndex = 0;
  }

  #focus(button: HTMLButtonElement): void {
    this.#setTabStop(button);
    button.focus({ preventScroll: true });
  }

  #onClick(event: MouseEvent): void {
    const shown = this.#of(event.target);
    if (!shown) return;
    this.#setTabStop(shown.button);
    this.#calls.chosen(shown.marker, shown.button);
  }

  #onTouch(event: Event): void {
    this.#calls.touched(this.#of(event.target)?.marker.id ?? null);
  }

  #onKey(event: KeyboardEvent): void {
    const from = this.#of(event.target);
    if (!from || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "+" || event.key === "=") this.#map.zoomIn();
    else if (event.key === "-") this.#map.zoomOut();
    else if (DIRECTIONS[event.key]) this.#walk(from, DIRECTIONS[event.key] as Direction);
    else return;
    event.preventDefault();
  }

  #walk(from: Shown, direction: Direction): void {
    const { clientWidth, clientHeight } = this.#map.getContainer();
    const all = [...this.#shown.values()].map((shown) => ({ shown, ...this.#point(shown.marker) }));
    const inView = all.filter(({ x, y }) => x >= 0 && y >= 0 && x <= clientWidth && y <= clientHeight);
    const next = nextInDirection(this.#point(from.marker), inView.filter(({ shown }) => shown !== from), direction);
    if (next) this.#focus(next.shown.button);
    else this.#map.panBy([direction[0] * PAN_PIXELS, direction[1] * PAN_PIXELS]);
  }
}
