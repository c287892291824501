/** "Search as I move the map": a switch, and the button that takes its place when it is off. */
import type { Map as MapLibre } from "maplibre-gl";
import { make } from "../make";
import { text } from "../strings";
import { addSwitch } from "./controls";

type Calls = { follows: (isOn: boolean) => void; search: () => void };

/** Adds both; `offer` shows the button after a move while the switch is off. */
export function addSearchHere(map: MapLibre, { follows, search }: Calls): { offer: () => void } {
  const button = make("button", { type: "button", class: "map-search-here", hidden: true }, text("searchHere"));
  button.addEventListener("click", () => {
    button.hidden = true;
    search();
  });
  addSwitch(map, text("searchAsIMove"), true, (isOn) => {
    button.hidden = true;
    follows(isOn);
    if (isOn) search();
  });
  map.getContainer().append(button);
  return { offer: () => (button.hidden = false) };
}
