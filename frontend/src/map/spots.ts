/** A few fixed places on a map, each with the shape and colour of its world. */
import type { Map as MapLibre } from "maplibre-gl";
import { make } from "../make";
import { shapeOf } from "./marker";
import { TONES } from "./shapes";

type Spot = { lat: number; lon: number; tone: string; name: string };

/** Shows the places; they are named for those who listen, and not buttons: the page says the rest. */
export function addSpots(map: MapLibre, spots: readonly Spot[]): void {
  const layer = make("div", { class: "map-markers" });
  const shown = spots.map(({ lat, lon, tone, name }) => {
    const known = TONES.find((one) => one === tone) ?? "social";
    const label = name ? { role: "img", "aria-label": name } : { "aria-hidden": "true" };
    const element = make("span", { class: "marker marker-one marker-spot", ...label }, shapeOf(known));
    layer.append(element);
    return { lat, lon, element };
  });
  const place = (): void => {
    for (const { lat, lon, element } of shown) {
      const { x, y } = map.project([lon, lat]);
      element.style.transform = `translate(${x.toFixed(1)}px,${y.toFixed(1)}px)`;
    }
  };
  map.on("move", place);
  map.on("resize", place);
  map.getContainer().append(layer);
  place();
}
