/** Maps on other pages: `data-map="quiet"` is a picture, `data-map="point"` shows where organisations are. */
import { type Bounds, boxAround, parseBox } from "./map/box";
import type { View } from "./map/map";
import { onSight } from "./near/sight";

type Spot = { lat: number; lon: number; tone: string; name: string };

const SPOT_ZOOM = 10;

function spotsOf({ dataset }: HTMLElement): Spot[] {
  if (dataset.points) return JSON.parse(dataset.points) as Spot[];
  const { lat, lon, tone = "social", name = "" } = dataset;
  return lat && lon ? [{ lat: Number(lat), lon: Number(lon), tone, name }] : [];
}

function viewOf(element: HTMLElement, spots: Spot[], otherwise: Bounds): View {
  const bounds = parseBox(element.dataset.bounds) ?? (spots.length > 1 ? boxAround(spots) : null);
  if (bounds) return { bounds };
  const [spot] = spots;
  if (spot) return { centre: spot, zoom: Number(element.dataset.zoom) || SPOT_ZOOM };
  return { bounds: otherwise };
}

async function start(element: HTMLElement): Promise<void> {
  const { EUROPE, addAttribution, addSpots, addZoom, drawMap } = await import("./map/all");
  const isStill = element.dataset.map === "quiet";
  const spots = spotsOf(element);
  const map = drawMap(element, { view: viewOf(element, spots, EUROPE), isStill, hasWheel: false });
  addAttribution(map);
  if (!isStill) addZoom(map);
  addSpots(map, spots);
}

for (const element of document.querySelectorAll<HTMLElement>("[data-map]")) {
  onSight(element, () => void start(element).catch(console.warn));
}
