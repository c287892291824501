/** Arrow keys go where a person would point. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { nextInDirection } from "../map/walk";

const middle = { x: 100, y: 100 };
const others = [
  { name: "right", x: 150, y: 105 },
  { name: "far right", x: 300, y: 100 },
  { name: "above", x: 110, y: 40 },
  { name: "beside", x: 104, y: 180 },
];

test("the next one lies ahead and near", () => {
  assert.equal(nextInDirection(middle, others, [1, 0])?.name, "right");
  assert.equal(nextInDirection(middle, others, [0, -1])?.name, "above");
  assert.equal(nextInDirection(middle, others, [0, 1])?.name, "beside");
});

test("nothing ahead is nothing, however near something lies behind or aside", () => {
  assert.equal(nextInDirection(middle, others, [-1, 0]), null);
  assert.equal(nextInDirection(middle, [{ x: 101, y: 200 }], [1, 0]), null);
  assert.equal(nextInDirection(middle, [{ ...middle }], [1, 0]), null);
});

test("walking right and then left comes back", () => {
  const right = nextInDirection(middle, others, [1, 0]);
  assert.ok(right);
  assert.equal(nextInDirection(right, [middle, { x: 20, y: 100 }], [-1, 0]), middle);
});
