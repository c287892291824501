/** Street tiles from another server: the visitor's choice, off until said otherwise, asked once. */
import type { Map as MapLibre } from "maplibre-gl";
import { make } from "../make";
import { text } from "../strings";
import { onThemeChange } from "../theme";
import { isDark, readColours } from "./colours";
import { addSwitch, switches } from "./controls";

type Tiles = { url: string; attribution: string };

const REMEMBERED = "glocal.streets"; // value: the host that was agreed to

function recall(): string | null {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null; // storage is switched off: then it is asked every time
  }
}

function remember(host: string | null): void {
  try {
    if (host) localStorage.setItem(REMEMBERED, host);
    else localStorage.removeItem(REMEMBERED);
  } catch {
    return; // storage is switched off
  }
}

function dim(map: MapLibre): void {
  if (!map.getLayer("streets")) return;
  const isNight = isDark(readColours(map.getContainer()));
  map.setPaintProperty("streets", "raster-brightness-max", isNight ? 0.45 : 1);
  map.setPaintProperty("streets", "raster-saturation", isNight ? -0.6 : -0.3);
}

function show(map: MapLibre, { url }: Tiles, isShown: boolean): void {
  if (isShown && !map.getSource("streets")) {
    map.addSource("streets", { type: "raster", tiles: [url], tileSize: 256, maxzoom: 19 });
    map.addLayer({ id: "streets", type: "raster", source: "streets" }, "place-dots");
    dim(map);
  }
  const toggle = (id: string, isVisible: boolean): void => {
    if (map.getLayer(id)) map.setLayoutProperty(id, "visibility", isVisible ? "visible" : "none");
  };
  toggle("streets", isShown);
  for (const id of ["place-dots", "place-names"]) toggle(id, !isShown); // street tiles carry their own names
}

/** Asks once whether that server may be asked; resolves to the answer. */
function ask(map: MapLibre, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const yes = make("button", { type: "button", class: "map-yes" }, text("streetsYes"));
    const no = make("button", { type: "button", class: "map-no" }, text("streetsNo"));
    const question = make("div", { class: "map-question", role: "alertdialog", "aria-label": text("showStreets") });
    const sentence = make("p", { id: "map-question-text" }, text("streetsAsk", { host }));
    question.setAttribute("aria-describedby", sentence.id);
    question.append(sentence, yes, no);
    const answer = (isYes: boolean): void => {
      question.remove();
      resolve(isYes);
    };
    yes.addEventListener("click", () => answer(true));
    no.addEventListener("click", () => answer(false));
    question.addEventListener("keydown", ({ key }) => key === "Escape" && answer(false));
    switches(map).append(question);
    no.focus();
  });
}

/** Adds the switch "Show streets" when this installation names a server. */
export function addStreets(map: MapLibre, tiles: Tiles, attribute: (also: string) => void): void {
  if (!tiles.url) return;
  const { host } = new URL(tiles.url, location.href);
  const set = (isShown: boolean): void => {
    show(map, tiles, isShown);
    attribute(isShown ? tiles.attribution : "");
  };
  const wasAgreed = recall() === host;
  const box = addSwitch(map, text("showStreets"), wasAgreed, (isOn) => void choose(isOn));

  async function choose(isOn: boolean): Promise<void> {
    const isAgreed = isOn && (recall() === host || (await ask(map, host)));
    remember(isAgreed ? host : null);
    if (box.checked !== isAgreed) box.checked = isAgreed;
    if (isOn) box.focus();
    set(isAgreed);
  }

  onThemeChange(() => dim(map));
  map.once("load", () => set(wasAgreed && box.checked));
}
