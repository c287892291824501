/** Tiles that were cut are asked for, all others never. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { hasTile, tileNumber } from "../map/tiles";

test("tiles are numbered zoom by zoom and row by row, without a gap", () => {
  let expected = 0;
  for (let z = 0; z <= 4; z++) {
    for (let y = 0; y < 2 ** z; y++) for (let x = 0; x < 2 ** z; x++) assert.equal(tileNumber({ z, x, y }), expected++);
  }
});

test("only the bits that are set are tiles", () => {
  const bits = new Uint8Array(11);
  const there = { z: 2, x: 3, y: 1 };
  const number = tileNumber(there);
  bits[number >> 3] = 1 << (number & 7);
  const written = Buffer.from(bits).toString("base64");
  assert.ok(hasTile(written, there));
  assert.ok(!hasTile(written, { z: 2, x: 1, y: 3 }));
  assert.ok(!hasTile(written, { z: 9, x: 300, y: 200 }));
});
