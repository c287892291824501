/** The small card that opens on the map for one organisation. */
import type { Map as MapLibre } from "maplibre-gl";
import { make } from "../make";
import { named, text } from "../strings";
import type { Marker } from "./marker";

let close: (() => void) | null = null;

/** Closes the open card, if any. */
export function closeCard(): void {
  close?.();
}

/** Opens the card of an organisation over its marker; Escape closes it and gives the focus back. */
export function openCard(map: MapLibre, marker: Marker, opener: HTMLElement): void {
  closeCard();
  const name = marker.url
    ? make("a", { href: marker.url, class: "map-card-name" }, marker.name ?? text("openProfile"))
    : make("span", { class: "map-card-name" }, marker.name ?? "");
  const shut = make("button", { type: "button", class: "map-card-close", "aria-label": text("close") }, "×");
  const kind = make("p", { class: "map-card-kind" }, marker.kind ? named("kinds", marker.kind) : "");
  const body = make("div", { class: "map-card-body" }, name, kind, shut);
  const card = make("div", { class: "map-card", role: "dialog", "aria-label": marker.name ?? "" }, body);
  const place = (): void => {
    const turns = Math.round((map.getCenter().lng - marker.lon) / 360);
    const { x, y } = map.project([marker.lon + 360 * turns, marker.lat]);
    card.style.transform = `translate(${x.toFixed(1)}px,${y.toFixed(1)}px)`;
  };
  close = () => {
    close = null;
    map.off("move", place);
    if (card.contains(document.activeElement)) (opener.isConnected ? opener : map.getCanvas()).focus();
    card.remove();
  };
  shut.addEventListener("click", closeCard);
  card.addEventListener("keydown", ({ key }) => key === "Escape" && closeCard());
  map.on("move", place);
  map.once("click", closeCard);
  map.getContainer().append(card);
  place();
  (marker.url ? name : shut).focus({ preventScroll: true });
}
