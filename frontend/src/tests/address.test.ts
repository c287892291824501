/** The address says exactly what was asked, and nothing empty. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, boxOf, filtersOf, fromForm, inBox } from "../near/address";

const asked = (query: string): URLSearchParams => new URLSearchParams(query);

test("empty fields leave no trace in the address", () => {
  const typed: [string, string][] = [["q", " food "], ["place", ""], ["kind", "cooperative"], ["kind", "mutual"], ["box", " "]];
  assert.equal(addressOf("/near/", fromForm(typed)), "/near/?q=food&kind=cooperative&kind=mutual");
  assert.equal(addressOf("/near/", fromForm([])), "/near/");
});

test("moving the map puts a box in the place of town, distance and page", () => {
  const moved = inBox(asked("place=Torino&km=10&lat=45&lon=7&page=3&kind=mutual"), [7, 45, 8, 46]);
  assert.equal(addressOf("/near/", moved), "/near/?kind=mutual&box=7,45,8,46");
  assert.deepEqual(boxOf(moved), [7, 45, 8, 46]);
});

test("the map filters by what is asked, not by where", () => {
  const filters = filtersOf(asked("q=food&place=Torino&box=7,45,8,46&world=social&page=2&country=IT"));
  assert.equal(filters.toString(), "q=food&world=social&country=IT");
});

test("changing a search leaves the original as it was", () => {
  const search = asked("place=Torino");
  inBox(search, [7, 45, 8, 46]);
  assert.equal(search.toString(), "place=Torino");
});
