/** "Near me": asks the browser for the place, only after a click, and keeps it nowhere but in the address bar. */
import { text } from "../strings";
import { carry } from "./form";

const PATIENCE_MS = 15_000;
const DECIMALS = 3; // about 100 metres: enough for "near", too coarse for a door

function place(): Promise<GeolocationPosition> {
  return new Promise((resolve, reject) => {
    navigator.geolocation.getCurrentPosition(resolve, reject, { timeout: PATIENCE_MS, maximumAge: 60_000 });
  });
}

async function locate(button: HTMLButtonElement, status: HTMLElement): Promise<void> {
  const { form } = button;
  if (!form) return;
  button.setAttribute("aria-busy", "true");
  status.textContent = "";
  try {
    const { coords } = await place();
    const field = form.elements.namedItem("place");
    if (field instanceof HTMLInputElement) field.value = "";
    carry(form, "box", "");
    carry(form, "lat", coords.latitude.toFixed(DECIMALS));
    carry(form, "lon", coords.longitude.toFixed(DECIMALS));
    form.requestSubmit();
  } catch {
    status.textContent = text("nearMeDenied"); // refused, unknown or too slow: for the person it is the same
  } finally {
    button.removeAttribute("aria-busy");
  }
}

/** Brings a "near me" button to life, in its form. */
export function startLocating(button: HTMLButtonElement): void {
  if (!("geolocation" in navigator)) {
    button.hidden = true;
    return;
  }
  const status = document.createElement("span");
  status.className = "field-message";
  status.setAttribute("role", "status");
  button.after(status);
  button.addEventListener("click", () => void locate(button, status));
}
