/** Keeps room for markers: invisible symbols where they lie, so that names of towns step aside. */
import type { GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import type { Marker } from "./marker";
import { groupWidth } from "./shapes";

const BLANK_PIXELS = 48;
const ONE_PIXELS = 24;
const NO_FEATURES: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };

/** Adds the invisible layer; the returned function says where markers are now. */
export function keepRoom(map: MapLibre): (markers: readonly Marker[]) => void {
  let current = NO_FEATURES;
  map.once("load", () => {
    const data = new Uint8Array(BLANK_PIXELS * BLANK_PIXELS * 4);
    map.addImage("blank", { width: BLANK_PIXELS, height: BLANK_PIXELS, data });
    map.addSource("room", { type: "geojson", data: current });
    map.addLayer({
      id: "room",
      type: "symbol",
      source: "room",
      layout: {
        "icon-image": "blank",
        "icon-size": ["/", ["get", "width"], BLANK_PIXELS],
        "icon-allow-overlap": true,
        "icon-padding": 0,
      },
    });
  });
  return (markers) => {
    current = { type: "FeatureCollection", features: markers.map(featureOf) };
    map.getSource<GeoJSONSource>("room")?.setData(current);
  };
}

function featureOf({ lat, lon, id, count }: Marker): GeoJSON.Feature {
  return {
    type: "Feature",
    properties: { width: id ? ONE_PIXELS : groupWidth(count) },
    geometry: { type: "Point", coordinates: [lon, lat] },
  };
}
