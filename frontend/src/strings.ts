/** Words the scripts show; the server sends translations in the page data under the same keys. */
import { pageData } from "./page";

const ENGLISH = {
  baseMap: "Base map: Natural Earth. Place names: GeoNames.",
  close: "Close",
  group: "{count} organisations: {parts}. Zoom in.",
  groupHere: "{count} organisations in one place: {parts}. Show them in the list.",
  list: "List",
  map: "Map of organisations",
  mapFailed: "The map cannot be shown here. The list has everything.",
  nearMeDenied: "Your browser did not tell where you are.",
  noSuggestions: "Nothing begins like that.",
  openProfile: "Open the profile",
  organisationsGroup: "Organisations",
  places: "Places",
  searchAsIMove: "Search as I move the map",
  searchHere: "Search here",
  showMap: "Map",
  showStreets: "Show streets",
  streetsAsk: "Street maps are loaded from {host}. It will see your address. Load them?",
  streetsNo: "Not now",
  streetsYes: "Load streets",
  suggestionCount: "{count} suggestions",
  suggestions: "Suggestions",
  topics: "Topics",
  unavailable: "The server did not answer. Try again in a moment.",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
} as const;

export type TextKey = keyof typeof ENGLISH;
type Values = Record<string, string | number>;

/** The language the page is written in. */
export function pageLanguage(): string {
  return document.documentElement.lang || "en";
}

/** The sentence in the page's language, its {holes} filled; numbers are written the local way. */
export function text(key: TextKey, values: Values = {}): string {
  const sent = pageData().strings?.[key];
  return (typeof sent === "string" ? sent : ENGLISH[key]).replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = values[name];
    if (value === undefined) return hole;
    return typeof value === "number" ? value.toLocaleString(pageLanguage()) : value;
  });
}

/** What a kind or a tone is called here; the code itself where the page does not say. */
export function named(menu: "kinds" | "tones", code: string): string {
  const names = pageData().strings?.[menu];
  return (typeof names === "object" ? names[code] : undefined) ?? code.replaceAll("_", " ");
}
