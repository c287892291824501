/** On a phone the map is a sheet that slides over the list. */
import { text } from "../strings";

/**
 * Brings the button between list and map to life; Escape goes back to the list.
 *
 * @param list what the sheet covers, out of reach meanwhile
 * @returns how to close the sheet
 */
export function startSheet(button: HTMLElement, list: HTMLElement): () => void {
  const root = document.documentElement;
  const set = (isMap: boolean): void => {
    if (isMap) root.dataset.near = "map";
    else delete root.dataset.near;
    list.inert = isMap;
    button.setAttribute("aria-expanded", String(isMap));
    for (const icon of button.querySelectorAll<HTMLElement>("[data-shows]")) {
      icon.hidden = (icon.dataset.shows === "list") !== isMap; // what a click leads to
    }
    (button.querySelector("[data-label]") ?? button).textContent = text(isMap ? "list" : "showMap");
  };
  const isOpen = (): boolean => root.dataset.near === "map";
  button.addEventListener("click", () => set(!isOpen()));
  document.addEventListener("keydown", ({ key, target }) => {
    if (key !== "Escape" || !isOpen() || (target as Element).closest(".map-card, .map-question, dialog")) return;
    set(false);
    button.focus();
  });
  // on a wide screen there is no sheet: then nothing may stay out of reach
  addEventListener("resize", () => isOpen() && !button.checkVisibility() && set(false));
  set(false);
  return () => set(false);
}
