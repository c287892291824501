/** What was drawn for the globe stays whole on the flat map. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { flattened, smoothed, unrolledRing } from "../lines.mjs";

const longitudes = (ring) => ring.map(([lon]) => lon);
const widest = (ring) => Math.max(...ring.slice(1).map(([lon], index) => Math.abs(lon - ring[index][0])));

test("a ring away from the antimeridian stays as it is", () => {
  const ring = [[7, 45], [8, 45], [8, 46], [7, 45]];
  assert.deepEqual(unrolledRing(ring), ring);
});

test("a ring across the antimeridian runs on instead of leaping around the world", () => {
  const fiji = [[179, -17], [-179, -17], [-179, -16], [179, -16], [179, -17]];
  assert.deepEqual(longitudes(unrolledRing(fiji)), [179, 181, 181, 179, 179]);
});

test("a ring around a pole is closed over the pole", () => {
  const antarctica = [[-180, -80], [-90, -70], [0, -75], [90, -70], [179, -80], [-180, -80]];
  const ring = unrolledRing(antarctica);
  assert.deepEqual(ring.slice(-3), [[180, -90], [-180, -90], [-180, -80]]);
  assert.ok(widest(ring.slice(0, -2)) <= 90);
});

test("every polygon of a collection becomes a feature of its own", () => {
  const square = [[[7, 45], [8, 45], [8, 46], [7, 45]]];
  const features = [
    { geometry: { type: "Polygon", coordinates: square } },
    { geometry: { type: "MultiPolygon", coordinates: [square, square] } },
  ];
  assert.equal(flattened({ features }).features.length, 3);
});

test("a bent river still begins and ends where it did, and gains only points between its own", () => {
  const line = [[0, 0], [1, 0], [1, 1]];
  const [river] = smoothed({ features: [{ geometry: { type: "LineString", coordinates: line } }] }).features;
  const bent = river.geometry.coordinates;
  assert.deepEqual([bent[0], bent.at(-1)], [line[0], line[2]]);
  assert.ok(bent.length > line.length);
  assert.ok(bent.every(([x, y]) => x >= 0 && x <= 1 && y >= 0 && y <= 1));
});
