/** On every page: theme, menus, dialogs, copying the address, and htmx where the page uses it. */
import { startLocating } from "./near/locate";
import { startSuggestions } from "./near/suggest";
import { startTheme } from "./theme";

function closestFrom<T extends HTMLElement = HTMLElement>(event: Event, selector: string): T | null {
  return event.target instanceof Element ? event.target.closest<T>(selector) : null;
}

function startMenus(): void {
  const opened = (): NodeListOf<HTMLDetailsElement> => document.querySelectorAll("details[data-menu][open]");
  document.addEventListener("click", (event) => {
    for (const menu of opened()) if (!menu.contains(event.target as Node)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of opened()) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
}

function startDialogs(): void {
  document.addEventListener("click", (event) => {
    const opener = closestFrom(event, "[data-opens]");
    const dialog = opener && document.getElementById(opener.dataset.opens ?? "");
    if (dialog instanceof HTMLDialogElement) dialog.showModal();
    closestFrom(event, "[data-closes]")?.closest("dialog")?.close();
    if (closestFrom(event, "[data-dismiss]")) closestFrom(event, "[data-dismissable]")?.remove();
  });
}

const COPIED_MS = 2000;

async function copyLink(button: HTMLElement): Promise<void> {
  const link = new URL(button.dataset.copyLink || location.href, location.href).href;
  try {
    await navigator.clipboard.writeText(link);
  } catch {
    prompt(button.textContent ?? "", link); // no permission, or not a secure origin: let the person copy by hand
    return;
  }
  if (button.dataset.copied === undefined || button.dataset.said !== undefined) return;
  button.dataset.said = button.textContent ?? "";
  button.textContent = button.dataset.copied;
  setTimeout(() => {
    button.textContent = button.dataset.said ?? "";
    delete button.dataset.said;
  }, COPIED_MS);
}

function startCopying(): void {
  document.addEventListener("click", (event) => {
    const button = closestFrom(event, "[data-copy-link]");
    if (button) void copyLink(button);
  });
}

function startForms(): void {
  document.addEventListener("change", (event) => {
    closestFrom<HTMLSelectElement>(event, "select[data-submit-on-change]")?.form?.requestSubmit();
  });
}

async function startHtmx(): Promise<void> {
  if (!document.querySelector("[hx-get],[hx-post],[hx-put],[hx-patch],[hx-delete],[hx-trigger],[hx-boost]")) return;
  const meta = document.createElement("meta"); // read while the library starts, so before it is loaded
  meta.name = "htmx-config";
  meta.content = JSON.stringify({ allowEval: false, includeIndicatorStyles: false, selfRequestsOnly: true });
  document.head.append(meta);
  const { default: htmx } = await import("htmx.org");
  document.addEventListener("htmx:configRequest", (event) => {
    const { detail } = event as CustomEvent<{ verb: string; headers: Record<string, string> }>;
    const token = document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value;
    if (detail.verb !== "get" && token) detail.headers["X-CSRFToken"] = token;
  });
  htmx.process(document.body);
}

function startFields(): void {
  document.querySelectorAll<HTMLInputElement>("input[data-suggest]").forEach(startSuggestions);
  document.querySelectorAll<HTMLButtonElement>("button[data-near-me]").forEach(startLocating);
}

function start(): void {
  document.documentElement.classList.add("has-script");
  for (const element of document.querySelectorAll<HTMLElement>("[data-needs-script]")) element.hidden = false;
  startTheme();
  startMenus();
  startDialogs();
  startCopying();
  startForms();
  startFields();
  void startHtmx();
}

start();
