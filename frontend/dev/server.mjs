/** Serves one page with the map on 127.0.0.1, under the application's content policy, with invented answers. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { ANSWERS, resultList } from "./stub.mjs";

const PORT = Number(process.env.PORT ?? 8765);
const DIST = join(dirname(fileURLToPath(import.meta.url)), "../../src/glocal/web/static/web/dist");
const TYPES = { ".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".pbf": "application/x-protobuf" };
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
  "connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'";

function page(manifest, path, query) {
  const data = { bounds: null, tiles: { url: "http://127.0.0.1:9/{z}/{x}/{y}.png", attribution: "© somebody" } };
  const near = `<form id="near-form" method="get" action="/near/">
      <label>Where <input name="place" data-suggest value="${query.get("place") ?? ""}"></label>
      <label><input type="checkbox" name="kind" value="cooperative"> co-operatives</label>
      <label><input type="checkbox" name="kind" value="school"> schools</label>
      <button>Search</button> <button type="button" data-near-me hidden data-needs-script>Near me</button>
      <button type="button" id="map-toggle">Map</button>
      <button type="button" data-set-theme="light">Light</button> <button type="button" data-set-theme="dark">Dark</button>
      <button type="button" data-set-theme="auto">Auto</button></form>
    <div class="split"><section id="results">${resultList(query)}</section><div id="map" class="map"></div></div>`;
  const other = `<div data-map="quiet" class="map"></div>
    <div data-map="point" data-lat="45.07" data-lon="7.69" data-tone="social" data-name="Filo" class="map"></div>`;
  const isNear = path === "/near/";
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Map</title>
    <meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/static/${manifest["main.css"]}">
    <link rel="stylesheet" href="/static/${manifest["map.css"]}"><link rel="stylesheet" href="/dev.css">
    <script type="module" src="/static/${manifest["site.js"]}"></script>
    <script type="module" src="/static/${manifest[isNear ? "near.js" : "maps.js"]}"></script></head>
    <body><main><h1>Map</h1>${isNear ? near : other}</main>
    <script type="application/json" id="page-data">${JSON.stringify(data)}</script></body></html>`;
}

const DEV_STYLE = `.map{height:70vh}.split{display:grid;grid-template-columns:20rem 1fr;gap:1rem}.is-lit{outline:2px solid}
  [data-map]{height:18rem;margin:1rem 0}.combobox-option[aria-selected=true]{background:gold}`;

async function answer(request, response) {
  const { pathname, searchParams } = new URL(request.url, "http://127.0.0.1");
  const send = (type, body) => {
    response.writeHead(200, { "Content-Type": type, "Content-Security-Policy": POLICY, "Cache-Control": "no-store" });
    response.end(body);
  };
  if (pathname in ANSWERS) return send("application/json", JSON.stringify(ANSWERS[pathname](searchParams)));
  if (pathname === "/dev.css") return send("text/css", DEV_STYLE);
  if (pathname.startsWith("/static/")) {
    const file = join(DIST, normalize(pathname.slice("/static".length)));
    return send(TYPES[extname(file)] ?? "application/octet-stream", await readFile(file));
  }
  if (request.headers["hx-request"]) return send("text/html; charset=utf-8", resultList(searchParams));
  const manifest = JSON.parse(await readFile(join(DIST, "manifest.json"), "utf8"));
  return send("text/html; charset=utf-8", page(manifest, pathname, searchParams));
}

createServer((request, response) => {
  answer(request, response).catch(() => {
    response.writeHead(404);
    response.end("not here");
  });
}).listen(PORT, "127.0.0.1", () => console.log(`http://127.0.0.1:${PORT}/near/`));
