/** The look of the base map: paper, water, borders and the names of places. */
import type { LayerSpecification, StyleSpecification } from "maplibre-gl";
import { basemapSource } from "./basemap";
import type { Colours } from "./colours";

// In quotes, because MapLibre 6.17 leaves out its own for every name with a letter in it (glyph_manager.ts,
// _createTinySDF tests /[-\w]+/ without anchors), and an unquoted name must not have a word that begins with a digit.
export const LABEL_FONT = '"Source Sans 3 Variable"';

function ground(colours: Colours): LayerSpecification[] {
  return [
    { id: "water", type: "background", paint: { "background-color": colours.water } },
    { id: "land", type: "fill", source: "ground", "source-layer": "land", paint: { "fill-color": colours.land } },
    { id: "lakes", type: "fill", source: "ground", "source-layer": "lakes", minzoom: 3, paint: { "fill-color": colours.water } },
    {
      id: "rivers",
      type: "line",
      source: "ground",
      "source-layer": "rivers",
      minzoom: 4,
      layout: { "line-cap": "round", "line-join": "round" },
      paint: {
        "line-color": colours.river,
        "line-width": ["interpolate", ["linear"], ["zoom"], 4, 0.5, 8, 1.6],
        // the courses are drawn for 1:50 million: they fade where they would start to lie
        "line-opacity": ["interpolate", ["linear"], ["zoom"], 9, 1, 12, 0],
      },
    },
    {
      id: "borders",
      type: "line",
      source: "ground",
      "source-layer": "borders",
      layout: { "line-join": "round" },
      paint: {
        "line-color": colours.border,
        "line-width": ["interpolate", ["linear"], ["zoom"], 2, 0.5, 8, 1.5],
        "line-dasharray": [4, 2],
      },
    },
  ];
}

/** Above, below, right and left of a place, in ems. */
function aside(ems: number): ["bottom", [number, number], "top", [number, number], "left", [number, number], "right", [number, number]] {
  return ["bottom", [0, -ems], "top", [0, ems], "left", [ems, 0], "right", [-ems, 0]];
}

function names(colours: Colours): LayerSpecification[] {
  return [
    {
      id: "place-dots",
      type: "circle",
      source: "places",
      minzoom: 5,
      paint: { "circle-radius": 1.75, "circle-color": colours.dot },
    },
    {
      id: "place-names",
      type: "symbol",
      source: "places",
      layout: {
        "text-field": ["get", "name"],
        "text-font": [LABEL_FONT],
        "text-size": ["interpolate", ["linear"], ["get", "order"], 0, 15.5, 12, 13, 40, 11.5],
        "text-variable-anchor-offset": [...aside(0.4), ...aside(2.3)], // close to the town, else clear of a marker there
        "text-max-width": 8,
        "text-padding": 6,
        "symbol-sort-key": ["get", "order"],
      },
      paint: { "text-color": colours.label, "text-halo-color": colours.halo, "text-halo-width": 1.5 },
    },
  ];
}

/** All layers of the base map in today's colours, lowest first. */
export function layersIn(colours: Colours): LayerSpecification[] {
  return [...ground(colours), ...names(colours)];
}

/** The style the map starts with; it names no server but ours. */
export function baseStyle(colours: Colours): StyleSpecification {
  return {
    version: 8,
    sources: {
      ground: basemapSource(),
      places: { type: "geojson", data: { type: "FeatureCollection", features: [] } },
    },
    layers: layersIn(colours),
    transition: { duration: 0, delay: 0 },
  };
}
