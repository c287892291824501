/** The map of the search page: markers from the server for what is in view, kept in step with the list. */
import type { Map as MapLibre } from "maplibre-gl";
import { endpoint, pageData } from "../page";
import { type Bounds, boxText, grown } from "./box";
import { closeCard, openCard } from "./card";
import { addAttribution, addScale, addZoom } from "./controls";
import { Latest, fetchJson } from "./latest";
import { DEEPEST_ZOOM, type View, drawMap, moveTo, viewOf, zoomInto } from "./map";
import { type Marker, isOnePlace } from "./marker";
import { type Lit, MarkerLayer } from "./markers";
import { keepRoom } from "./room";
import { addStreets } from "./streets";

type Viewport = { markers: (Omit<Marker, "id"> & { id: string | number | null })[]; total: number };

export type ExplorerCalls = {
  /** The person moved the map, and it has come to rest. */
  moved: (bounds: Bounds) => void;
  /** The pointer or focus is on an organisation, or on none. */
  touched: (id: string | null) => void;
  /** A group that no zoom can take apart was chosen. */
  piled: (bounds: Bounds) => void;
  failed: (problem: unknown) => void;
};

const MOST_MARKERS = 200;
const FEWEST_MARKERS = 30;
const ROOM_PIXELS = 8000; // of map for each marker: fewer on a phone, so that they stay apart
const MOVING_WAIT_MS = 120;
const PILE_DEGREES = 0.0005; // about 50 metres around organisations at one address

export class Explorer {
  readonly map: MapLibre;
  readonly #markers: MarkerLayer;
  readonly #keepRoom: (markers: readonly Marker[]) => void;
  readonly #latest = new Latest();
  readonly #calls: ExplorerCalls;
  #filters: URLSearchParams;

  constructor(element: HTMLElement, view: View, filters: URLSearchParams, calls: ExplorerCalls) {
    this.#filters = filters;
    this.#calls = calls;
    this.map = drawMap(element, { view });
    this.#markers = new MarkerLayer(this.map, {
      chosen: (marker, button) => this.#choose(marker, button),
      touched: calls.touched,
    });
    this.#keepRoom = keepRoom(this.map);
    this.#furnish(element);
    this.map.on("move", () => this.#fetch(MOVING_WAIT_MS));
    this.map.on("moveend", (event) => {
      this.#fetch(0);
      if (!("isByPage" in event)) calls.moved(viewOf(this.map));
    });
    this.#fetch(0);
  }

  /** Shows other organisations at the same view. */
  filter(filters: URLSearchParams): void {
    this.#filters = filters;
    this.#fetch(0);
  }

  /** Goes to a view on the page's own account. */
  go(view: View): void {
    closeCard();
    moveTo(this.map, view);
  }

  /** Lights one organisation, or none. */
  light(lit: Lit | null): void {
    this.#markers.light(lit);
  }

  #furnish(element: HTMLElement): void {
    const { tiles = {} } = pageData();
    const url = element.dataset.tileUrl || tiles.url || "";
    const attribution = element.dataset.tileAttribution || tiles.attribution || "";
    addZoom(this.map);
    addScale(this.map);
    addStreets(this.map, { url, attribution }, addAttribution(this.map));
  }

  #fetch(waitMs: number): void {
    const query = new URLSearchParams(this.#filters);
    query.set("box", boxText(grown(viewOf(this.map), 0.1)));
    query.set("max", String(this.#mostMarkers()));
    const ask = (signal: AbortSignal): Promise<Viewport> => fetchJson(endpoint("viewport", query), signal);
    const show = ({ markers }: Viewport): void => {
      const named = markers.map((marker) => ({ ...marker, id: marker.id === null ? null : String(marker.id) }));
      this.#markers.show(named);
      this.#keepRoom(named);
    };
    this.#latest.ask(waitMs, ask, show, this.#calls.failed);
  }

  #mostMarkers(): number {
    const { clientWidth, clientHeight } = this.map.getContainer();
    const fitting = Math.round((clientWidth * clientHeight) / ROOM_PIXELS);
    return Math.max(FEWEST_MARKERS, Math.min(MOST_MARKERS, fitting));
  }

  #choose(marker: Marker, button: HTMLButtonElement): void {
    if (marker.id) {
      openCard(this.map, marker, button);
      return;
    }
    closeCard();
    const { lat, lon } = marker;
    if (marker.box && !isOnePlace(marker) && this.map.getZoom() < DEEPEST_ZOOM) {
      zoomInto(this.map, marker.box, marker);
      return;
    }
    this.#calls.piled([lon - PILE_DEGREES, lat - PILE_DEGREES, lon + PILE_DEGREES, lat + PILE_DEGREES]);
  }
}
