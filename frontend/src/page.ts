/** What the server tells the scripts of this page. */
import type { Bounds } from "./map/box";

export type PageData = {
  bounds?: Bounds | null;
  strings?: Record<string, string | Record<string, string>>;
  tiles?: { url?: string; attribution?: string };
  urls?: Partial<Record<"near" | "viewport" | "labels" | "suggest", string>>;
};

let known: PageData | undefined;

/** The page's data; an empty one when the page sends none. */
export function pageData(): PageData {
  known ??= JSON.parse(document.getElementById("page-data")?.textContent || "{}") as PageData;
  return known;
}

const URLS = { viewport: "/api/v1/viewport", labels: "/api/v1/labels", suggest: "/api/v1/suggest" } as const;

/** Address of an endpoint with its query. */
export function endpoint(name: keyof typeof URLS, query: URLSearchParams): string {
  return `${pageData().urls?.[name] ?? URLS[name]}?${query.toString()}`;
}

/** Whether the person asked for less motion. */
export function prefersStillness(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
