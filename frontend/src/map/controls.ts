/** What lies on the map's edge: zoom buttons, switches, and whose data it is. */
import { type Map as MapLibre, ScaleControl } from "maplibre-gl";
import { make, makeSvg } from "../make";
import { text } from "../strings";
import { DEEPEST_ZOOM } from "./map";

function zoomButton(label: string, path: string, zoom: () => void): HTMLButtonElement {
  const sign = makeSvg("path", { d: path, stroke: "currentColor", "stroke-width": 2, "stroke-linecap": "round" });
  const picture = makeSvg("svg", { viewBox: "0 0 20 20", width: 20, height: 20, "aria-hidden": "true" }, sign);
  const button = make("button", { type: "button", class: "map-button", "aria-label": label, title: label }, picture);
  button.addEventListener("click", zoom);
  return button;
}

/** Buttons to zoom in and out. */
export function addZoom(map: MapLibre): void {
  const closer = zoomButton(text("zoomIn"), "M10 4v12M4 10h12", () => map.zoomIn());
  const farther = zoomButton(text("zoomOut"), "M4 10h12", () => map.zoomOut());
  const keepHonest = (): void => {
    closer.setAttribute("aria-disabled", String(map.getZoom() >= DEEPEST_ZOOM));
    farther.setAttribute("aria-disabled", String(map.getZoom() <= map.getMinZoom()));
  };
  map.on("zoomend", keepHonest);
  keepHonest();
  map.getContainer().append(make("div", { class: "map-zoom" }, closer, farther));
}

/** A bar that says how long a kilometre is here. */
export function addScale(map: MapLibre): void {
  map.addControl(new ScaleControl({ maxWidth: 96, unit: "metric" }), "bottom-left");
}

/** A checkbox in the corner of the map; calls `changed` with its new state. */
export function addSwitch(map: MapLibre, label: string, isOn: boolean, changed: (isOn: boolean) => void): HTMLInputElement {
  const box = make("input", { type: "checkbox", checked: isOn });
  box.addEventListener("change", () => changed(box.checked));
  switches(map).append(make("label", { class: "map-switch" }, box, make("span", {}, label)));
  return box;
}

/** The corner where switches are. */
export function switches(map: MapLibre): HTMLElement {
  const container = map.getContainer();
  const there = container.querySelector<HTMLElement>(".map-switches");
  if (there) return there;
  const corner = make("div", { class: "map-switches" });
  container.append(corner);
  return corner;
}

/** Says whose data the map shows; returns a function that adds another name or takes it away (""). */
export function addAttribution(map: MapLibre): (also: string) => void {
  const line = make("p", { class: "map-attribution" }, text("baseMap"));
  map.getContainer().append(line);
  return (also) => {
    line.textContent = [text("baseMap"), also].filter(Boolean).join(" ");
  };
}
