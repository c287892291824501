/** The map: one component for the search page, a profile and the quiet picture at home. */
import workerUrl from "glocal:map-worker";
import { Map as MapLibre, type MapOptions, setWorkerUrl } from "maplibre-gl";
import { prefersStillness } from "../page";
import { text } from "../strings";
import { onThemeChange } from "../theme";
import { type Bounds, unrolled } from "./box";
import { readColours } from "./colours";
import { startLabels } from "./labels";
import { baseStyle, layersIn } from "./style";

/** A box to show, with some air around it unless it is exactly what was seen; or a place at a zoom. */
export type View = { bounds: Bounds; isExact?: boolean } | { centre: { lat: number; lon: number }; zoom: number };

export type Manners = {
  view: View;
  /** A picture only: cannot be moved and is hidden from those who listen to the page. */
  isStill?: boolean;
  /** Whether the wheel zooms; on a page that scrolls past the map it must not. */
  hasWheel?: boolean;
};

export const EUROPE: Bounds = [-12, 35.5, 32, 60.5];
const WIDEST_ZOOM = 1;
export const DEEPEST_ZOOM = 16;
/** Given with movements the page makes itself, so that they are told from the person's. */
export const BY_PAGE = { isByPage: true };
const AIR = 0.08; // share of the map's shorter side left free around a box
const GLIDE_MS = 180;

setWorkerUrl(new URL(workerUrl, import.meta.url).href);

function startOf(view: View, element: HTMLElement): Partial<MapOptions> {
  if ("centre" in view) return { center: [view.centre.lon, view.centre.lat], zoom: view.zoom };
  return { bounds: unrolled(view.bounds), fitBoundsOptions: fit(view, element) };
}

function air({ clientWidth, clientHeight }: HTMLElement): number {
  return Math.round(AIR * Math.min(clientWidth, clientHeight));
}

function fit({ isExact = false }: { isExact?: boolean }, element: HTMLElement): { padding: number; maxZoom: number } {
  return isExact ? { padding: 0, maxZoom: DEEPEST_ZOOM } : { padding: air(element), maxZoom: 14 };
}

/**
 * Draws the map into an element that has a height.
 *
 * @throws Error when the browser cannot draw it (no WebGL); the element then says so.
 */
export function drawMap(element: HTMLElement, { view, isStill = false, hasWheel = true }: Manners): MapLibre {
  let map: MapLibre;
  try {
    map = new MapLibre({
      container: element,
      style: baseStyle(readColours(element)),
      ...startOf(view, element),
      interactive: !isStill,
      scrollZoom: hasWheel,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      minZoom: WIDEST_ZOOM,
      maxZoom: DEEPEST_ZOOM,
      attributionControl: false,
      fadeDuration: prefersStillness() ? 0 : GLIDE_MS,
      locale: { "Map.Title": text("map") },
    });
  } catch (problem) {
    sayItFailed(element);
    throw problem;
  }
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  if (isStill) element.inert = true;
  map.on("error", ({ error }) => console.warn(error));
  map.once("load", () => startLabels(map));
  followTheme(map, element);
  return map;
}

function sayItFailed(element: HTMLElement): void {
  const sentence = document.createElement("p");
  sentence.className = "map-failed";
  sentence.textContent = text("mapFailed");
  element.replaceChildren(sentence);
}

function followTheme(map: MapLibre, element: HTMLElement): void {
  onThemeChange(() => {
    for (const { id, ...layer } of layersIn(readColours(element))) {
      for (const [name, value] of Object.entries(layer.paint ?? {})) {
        map.setPaintProperty(id, name as Parameters<MapLibre["setPaintProperty"]>[1], value);
      }
    }
  });
}

/** Moves the map to a view, softly and without counting as the person's own move. */
export function moveTo(map: MapLibre, view: View): void {
  if ("bounds" in view) map.fitBounds(unrolled(view.bounds), { ...glide(), ...fit(view, map.getContainer()) }, BY_PAGE);
  else map.easeTo({ ...glide(), center: [view.centre.lon, view.centre.lat], zoom: view.zoom }, BY_PAGE);
}

/** Zooms in on a group, always by a step at least; this counts as the person's own move. */
export function zoomInto(map: MapLibre, bounds: Bounds, middle: { lat: number; lon: number }): void {
  const least = map.getZoom() + 1.5;
  const camera = map.cameraForBounds(unrolled(bounds), { padding: air(map.getContainer()), maxZoom: DEEPEST_ZOOM });
  if (camera?.zoom !== undefined && camera.zoom >= least) map.easeTo({ ...camera, ...glide() });
  else map.easeTo({ center: [middle.lon, middle.lat], zoom: Math.min(DEEPEST_ZOOM, least), ...glide() });
}

function glide(): { duration: number; essential: boolean } {
  return { duration: prefersStillness() ? 0 : GLIDE_MS, essential: false };
}

/** What of the world the map shows. */
export function viewOf(map: MapLibre): Bounds {
  return map.getBounds().toArray().flat() as Bounds;
}
