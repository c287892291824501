/** Rings add up to a circle and every tone has a shape of about the same size. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { SHAPES, TONES, groupWidth, mainTone, ring } from "../map/shapes";

test("every tone has its own shape", () => {
  assert.equal(new Set(TONES.map((tone) => SHAPES[tone])).size, TONES.length);
});

test("a ring has one arc for each tone that occurs, in the order of the tones", () => {
  assert.deepEqual(ring([3, 0, 1, 0, 5], 20, 24).map(({ tone }) => tone), ["social", "knowledge", "commons"]);
});

test("a ring of one tone is a whole circle", () => {
  const [slice, ...others] = ring([0, 7, 0, 0, 0], 20, 24);
  assert.equal(others.length, 0);
  assert.equal(slice?.path.match(/A/g)?.length, 2);
});

test("an arc of more than half the circle goes the long way around", () => {
  const [most, least] = ring([9, 1, 0, 0, 0], 20, 24);
  assert.match(most?.path ?? "", / 0 1 1 /);
  assert.match(least?.path ?? "", / 0 0 1 /);
});

test("an empty group draws nothing", () => {
  assert.deepEqual(ring([0, 0, 0, 0, 0], 20, 24), []);
});

test("bigger groups are never drawn smaller, and stay between 34 and 60 pixels", () => {
  let last = 0;
  for (const count of [2, 3, 9, 10, 99, 1000, 50_000, 4_300_000]) {
    const width = groupWidth(count);
    assert.ok(width >= last && width >= 34 && width <= 60, `${count}: ${width}`);
    last = width;
  }
});

test("the main tone is the most frequent, the first of equals", () => {
  assert.equal(mainTone([1, 5, 2, 0, 0]), "industrial");
  assert.equal(mainTone([0, 2, 2, 0, 0]), "industrial");
});
