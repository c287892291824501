/** The offline base map: Natural Earth tiles cut at build time, asked for only where there are any. */
import { maxZoom, minZoom, tileBits, version } from "glocal:basemap";
import { addProtocol } from "maplibre-gl";
import { hasTile } from "./tiles";

const FOLDER = new URL("./basemap/", import.meta.url).href;
const PROTOCOL = "basemap";
let isKnown = false;

async function tile(url: string, signal: AbortSignal): Promise<ArrayBuffer> {
  const [z = 0, x = 0, y = 0] = url.slice(`${PROTOCOL}://`.length).split("/").map(Number);
  if (!hasTile(tileBits, { z, x, y })) return new ArrayBuffer(0);
  const response = await fetch(`${FOLDER}${z}/${x}/${y}.pbf?v=${version}`, { signal });
  if (!response.ok) throw new Error(`base map tile ${z}/${x}/${y} answered ${response.status}`);
  return response.arrayBuffer();
}

/** The source for the map's style; open sea is answered without asking the server. */
export function basemapSource(): { type: "vector"; tiles: string[]; minzoom: number; maxzoom: number } {
  if (!isKnown) {
    addProtocol(PROTOCOL, async ({ url }, controller) => ({ data: await tile(url, controller.signal) }));
    isKnown = true;
  }
  return { type: "vector", tiles: [`${PROTOCOL}://{z}/{x}/{y}`], minzoom: minZoom, maxzoom: maxZoom };
}
