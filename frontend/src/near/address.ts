/** The search as it stands in the address bar: the one truth that form, list and map follow. */
import { type Bounds, boxText, parseBox } from "../map/box";

const WHERE = ["place", "lat", "lon", "km", "box"];

/** What was typed, without the empty fields. */
export function fromForm(entries: Iterable<[string, FormDataEntryValue]>): URLSearchParams {
  const search = new URLSearchParams();
  for (const [name, value] of entries) {
    if (typeof value === "string" && value.trim() !== "") search.append(name, value.trim());
  }
  return search;
}

/** The same search on a part of the map: the box takes the place of a town and a distance. */
export function inBox(search: URLSearchParams, bounds: Bounds): URLSearchParams {
  const moved = new URLSearchParams(search);
  for (const name of [...WHERE, "page"]) moved.delete(name);
  moved.set("box", boxText(bounds));
  return moved;
}

/** What the map filters by: everything but the view itself and the page of the list. */
export function filtersOf(search: URLSearchParams): URLSearchParams {
  const filters = new URLSearchParams(search);
  for (const name of [...WHERE, "page"]) filters.delete(name);
  return filters;
}

/** The part of the map the address asks for, if it does. */
export function boxOf(search: URLSearchParams): Bounds | null {
  return parseBox(search.get("box"));
}

/** The address itself, short where there is nothing to say. Commas of a box stay readable. */
export function addressOf(path: string, search: URLSearchParams): string {
  const query = search.toString().replaceAll("%2C", ",");
  return query ? `${path}?${query}` : path;
}
