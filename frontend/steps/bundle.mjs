/** Bundles scripts and styles with esbuild under content-hashed names. */
import { build } from "esbuild";
import { existsSync } from "node:fs";
import { readFile, readdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { PRELOADS, fontFaces } from "./fonts.mjs";

const KEPT = new Set(["basemap", "manifest.json", "stamps.json"]);

/** Modules that exist only during the build. */
function generated({ here, basemap }) {
  return {
    name: "generated",
    setup(builder) {
      builder.onResolve({ filter: /^glocal:(main|fonts|basemap)$/ }, ({ path }) => ({ path, namespace: "generated" }));
      builder.onLoad({ filter: /^glocal:fonts$/, namespace: "generated" }, async () => ({
        contents: await fontFaces(here),
        loader: "css",
        resolveDir: here,
      }));
      builder.onLoad({ filter: /^glocal:main$/, namespace: "generated" }, () => ({
        contents: `@import "glocal:fonts";${existsSync(join(here, "css/main.css")) ? '@import "./css/main.css";' : ""}`,
        loader: "css",
        resolveDir: here,
      }));
      builder.onLoad({ filter: /^glocal:basemap$/, namespace: "generated" }, () => ({
        contents: `export const version = ${JSON.stringify(basemap.version)};
          export const minZoom = ${basemap.minZoom};
          export const maxZoom = ${basemap.maxZoom};
          export const tileBits = ${JSON.stringify(basemap.tileBits)};`,
        loader: "js",
      }));
      // a path that ends in .js, for the server tells the type from the name
      builder.onResolve({ filter: /^glocal:map-worker$/ }, () => ({ path: "map-worker.js", namespace: "worker" }));
      builder.onLoad({ filter: /./, namespace: "worker" }, async () => ({
        contents: await mapWorker(here),
        loader: "file",
      }));
    },
  };
}

/** MapLibre's worker as a file of our own origin, so that the content policy needs no blob: workers. */
async function mapWorker(here) {
  const code = await readFile(join(here, "node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs"), "utf8");
  return code.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n");
}

/** Removes what builds before the previous one left behind; a page served a moment ago still names the previous one's. */
async function removeStale(dist, wanted) {
  for (const name of await readdir(dist)) {
    if (!KEPT.has(name) && !wanted.has(name)) await rm(join(dist, name), { recursive: true });
  }
}

/**
 * Bundles all entries into `dist`, beside the `previous` build's files.
 *
 * Returns `manifest` (public name -> file name) and `outputs` (all file names written).
 */
export async function bundle({ here, dist, basemap, previous }) {
  const result = await build({
    absWorkingDir: here,
    entryPoints: [
      { in: "glocal:main", out: "main" },
      { in: "src/map.css", out: "map" },
      { in: "src/site.ts", out: "site" },
      { in: "src/near.ts", out: "near" },
      { in: "src/maps.ts", out: "maps" },
    ],
    outdir: dist,
    bundle: true,
    splitting: true,
    format: "esm",
    target: ["es2022", "safari16"],
    minify: true,
    metafile: true,
    legalComments: "external",
    entryNames: "[name]-[hash]",
    chunkNames: "chunk-[hash]",
    assetNames: "[name]-[hash]",
    loader: { ".woff2": "file", ".svg": "file" },
    plugins: [generated({ here, basemap })],
    logLevel: "warning",
  });
  const outputs = Object.keys(result.metafile.outputs).map((path) => basename(path));
  await removeStale(dist, new Set([...outputs, ...previous]));
  return { manifest: manifestOf(result.metafile.outputs), outputs };
}

function manifestOf(outputs) {
  const manifest = {};
  for (const [path, output] of Object.entries(outputs)) {
    const file = basename(path);
    if (output.entryPoint && !file.startsWith("chunk-")) manifest[file.replace(/-[A-Z0-9]{8}(?=\.)/, "")] = file;
    for (const [name, font] of Object.entries(PRELOADS)) if (file.startsWith(`${font}-`)) manifest[name] = file;
  }
  return Object.fromEntries(Object.entries(manifest).sort());
}
