/** Boxes survive the address bar and the antimeridian. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Bounds, boxAround, boxText, contains, grown, normalised, parseBox, unrolled } from "../map/box";

test("a box written into an address is read back the same", () => {
  for (const box of [[7.5, 45, 7.8, 45.2], [-12, 35.5, 32, 60.5], [179.5, -17, -179.5, -16]] as Bounds[]) {
    assert.deepEqual(parseBox(boxText(box)), box);
  }
});

test("what is not a box is refused", () => {
  for (const written of [null, "", "1,2,3", "1,2,3,x", "1,,3,4", "7,46,8,45", "0,0,181,1", "-181,0,1,1", "0,-91,1,1", "1,2,3,4,5"]) {
    assert.equal(parseBox(written), null, String(written));
  }
});

test("a view that has scrolled past the antimeridian comes back into the world", () => {
  assert.deepEqual(normalised([179, -1, 181, 1]), [179, -1, -179, 1]);
  assert.deepEqual(normalised([-541, -1, -539, 1]), [179, -1, -179, 1]);
});

test("a view wider than the world is the world", () => {
  assert.deepEqual(normalised([-300, -95, 300, 95]), [-180, -90, 180, 90]);
});

test("a box across the antimeridian runs on for the map", () => {
  assert.deepEqual(unrolled([179, -1, -179, 1]), [179, -1, 181, 1]);
  assert.deepEqual(unrolled([7, 45, 8, 46]), [7, 45, 8, 46]);
});

test("a grown box contains the one it grew from", () => {
  const box: Bounds = [7, 45, 8, 46];
  assert.ok(contains(grown(box, 0.1), box));
  assert.ok(!contains(box, grown(box, 0.1)));
});

test("the box around points touches the outermost of them", () => {
  const points = [{ lat: 45, lon: 7 }, { lat: 46, lon: 6 }, { lat: 45.5, lon: 8 }];
  assert.deepEqual(boxAround(points), [6, 45, 8, 46]);
  assert.equal(boxAround([]), null);
});
