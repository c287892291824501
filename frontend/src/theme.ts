/** Light, dark or automatic: chosen once, remembered in a cookie the server reads before it paints. */

type Theme = "light" | "dark" | "auto";
const YEAR_SECONDS = 31_536_000;

function isTheme(value: string | undefined): value is Theme {
  return value === "light" || value === "dark" || value === "auto";
}

function currentTheme(): Theme {
  const shown = document.documentElement.dataset.theme;
  return isTheme(shown) ? shown : "auto";
}

function setTheme(theme: Theme): void {
  const seconds = theme === "auto" ? 0 : YEAR_SECONDS;
  const secure = location.protocol === "https:" ? ";secure" : "";
  document.cookie = `theme=${theme};path=/;max-age=${seconds};samesite=lax${secure}`;
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  showChoice();
}

function showChoice(): void {
  for (const control of document.querySelectorAll<HTMLElement>("[data-set-theme]")) {
    if (control instanceof HTMLSelectElement) control.value = currentTheme();
    else control.setAttribute("aria-pressed", String(control.dataset.setTheme === currentTheme()));
  }
}

/** Brings every `[data-set-theme]` button and select to life. */
export function startTheme(): void {
  showChoice();
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("button[data-set-theme]");
    if (isTheme(button?.dataset.setTheme)) setTheme(button.dataset.setTheme);
  });
  document.addEventListener("change", (event) => {
    const select = event.target as HTMLElement;
    if (select instanceof HTMLSelectElement && "setTheme" in select.dataset && isTheme(select.value)) {
      setTheme(select.value);
    }
  });
}

/** Calls `changed` whenever the colours of the page change, by choice or with the system. */
export function onThemeChange(changed: () => void): void {
  new MutationObserver(changed).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
}
