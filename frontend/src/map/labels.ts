/** Names of towns on the map, asked for by view and importance. */
import type { GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import { endpoint } from "../page";
import { type Bounds, boxText, contains, grown } from "./box";
import { Latest, fetchJson } from "./latest";
import { LABEL_FONT } from "./style";

type Label = { name: string; lat: number; lon: number; rank: number };

const WAIT_MS = 150;
const MARGIN = 0.35; // asked around the view, so that small moves need no question

/** Keeps the names in step with the view. */
export function startLabels(map: MapLibre): void {
  const latest = new Latest();
  let answeredBox: Bounds | null = null;
  let answeredZoom = -1;

  function refresh(): void {
    const view = map.getBounds().toArray().flat() as Bounds;
    const zoom = Math.round(map.getZoom());
    if (answeredBox && zoom === answeredZoom && contains(answeredBox, view)) return;
    const box = grown(view, MARGIN);
    const url = endpoint("labels", new URLSearchParams({ box: boxText(box), zoom: String(zoom) }));
    const ask = (signal: AbortSignal): Promise<{ labels: Label[] }> => fetchJson(url, signal);
    const show = ({ labels }: { labels: Label[] }): void => {
      [answeredBox, answeredZoom] = [box, zoom];
      map.getSource<GeoJSONSource>("places")?.setData(featuresOf(labels, map.getCenter().lng));
    };
    // a map without names is still a map: nothing to tell the person
    latest.ask(WAIT_MS, ask, show, (problem) => console.warn(problem));
  }

  // the names are drawn with the page's font, so it has to be there first
  const ready = document.fonts.load(`16px ${LABEL_FONT}`).catch(() => []);
  void ready.then(() => {
    map.on("moveend", refresh);
    refresh();
  });
}

function featuresOf(labels: Label[], centre: number): GeoJSON.FeatureCollection {
  const sorted = [...labels].sort((one, other) => one.rank - other.rank);
  return {
    type: "FeatureCollection",
    features: sorted.map(({ name, lat, lon }, order) => ({
      type: "Feature",
      properties: { name, order },
      geometry: { type: "Point", coordinates: [lon + 360 * Math.round((centre - lon) / 360), lat] },
    })),
  };
}
