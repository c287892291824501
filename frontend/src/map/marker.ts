/** One marker: what the server sends, its name for those who listen, and its picture. */
import { make, makeSvg } from "../make";
import { named, pageLanguage, text } from "../strings";
import type { Bounds } from "./box";
import { SHAPES, TONES, type Tone, groupWidth, mainTone, ring } from "./shapes";

export type Marker = {
  lat: number;
  lon: number;
  count: number;
  tones: number[];
  box: Bounds | null;
  id: string | null;
  name?: string | null;
  kind?: string | null;
  url?: string | null;
};

/** The same organisation, or the same cell of the map, has the same key from one answer to the next. */
export function keyOf(marker: Marker): string {
  const place = marker.id ? `${marker.lat},${marker.lon}` : (marker.box ?? [marker.lat, marker.lon]).join(",");
  return `${marker.id ?? "group"}@${place}`;
}

/** Whether zooming in can take a group apart. */
export function isOnePlace(marker: Marker): boolean {
  if (!marker.box) return true;
  const [west, south, east, north] = marker.box;
  return Math.abs(east - west) < 1e-4 && north - south < 1e-4;
}

/** What a marker is called, in a sentence. */
export function describe(marker: Marker): string {
  if (marker.id) {
    const kind = marker.kind ? named("kinds", marker.kind) : "";
    return [marker.name ?? "", kind].filter(Boolean).join(", ");
  }
  const parts = TONES.map((tone, index) => ({ tone, n: marker.tones[index] ?? 0 }))
    .filter(({ n }) => n > 0)
    .map(({ tone, n }) => `${n.toLocaleString(pageLanguage())} ${named("tones", tone)}`)
    .join(", ");
  return text(isOnePlace(marker) ? "groupHere" : "group", { count: marker.count, parts });
}

/** The shape of one organisation. */
export function shapeOf(tone: Tone): SVGElement {
  const path = makeSvg("path", { d: SHAPES[tone], class: `marker-shape tone-${tone}` });
  return makeSvg("svg", { viewBox: "0 0 24 24", width: 22, height: 22, "aria-hidden": "true" }, path);
}

function pieOf(marker: Marker): SVGElement {
  const width = groupWidth(marker.count);
  const compact = new Intl.NumberFormat(pageLanguage(), { notation: "compact", maximumSignificantDigits: 3 });
  return makeSvg(
    "svg",
    { viewBox: "0 0 48 48", width, height: width, "aria-hidden": "true" },
    makeSvg("circle", { cx: 24, cy: 24, r: 23, class: "marker-core" }),
    ...ring(marker.tones, 19.5, 24).map(({ tone, path }) => makeSvg("path", { d: path, class: `marker-arc tone-${tone}` })),
    makeSvg("text", { x: 24, y: 24, class: "marker-count" }, compact.format(marker.count)),
  );
}

/** Draws a marker into its button, again when it changed. */
export function draw(button: HTMLButtonElement, marker: Marker): void {
  const tone = mainTone(marker.tones);
  button.className = marker.id ? "marker marker-one" : "marker marker-group";
  button.setAttribute("aria-label", describe(marker));
  const picture = make("span", { class: "marker-picture" }, marker.id ? shapeOf(tone) : pieOf(marker));
  const name = marker.id && marker.name ? [make("span", { class: "marker-name", "aria-hidden": "true" }, marker.name)] : [];
  button.replaceChildren(picture, ...name);
}
