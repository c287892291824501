/** The map's colours, read from the page's tokens (map.css) in a notation the map understands. */

const NAMES = ["water", "land", "border", "river", "label", "halo", "dot"] as const;

export type Colours = Record<(typeof NAMES)[number], string>;

/** Any CSS colour as rgba(); the browser does the conversion, so tokens may use every notation. */
function asRgba(context: CanvasRenderingContext2D, colour: string): string {
  context.clearRect(0, 0, 1, 1);
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha = 255] = context.getImageData(0, 0, 1, 1).data;
  return `rgba(${red},${green},${blue},${alpha / 255})`;
}

/** The colours as they are now, at the given element. */
export function readColours(element: HTMLElement): Colours {
  const context = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", {
    willReadFrequently: true,
  });
  if (!context) throw new Error("this browser draws no pictures");
  const probe = document.createElement("span");
  probe.hidden = true;
  element.append(probe);
  const entries = NAMES.map((name) => {
    probe.style.color = `var(--map-${name})`;
    return [name, asRgba(context, getComputedStyle(probe).color)];
  });
  probe.remove();
  return Object.fromEntries(entries) as Colours;
}

/** Whether the page is dark now: its land is darker than its labels. */
export function isDark({ land, label }: Colours): boolean {
  const light = (colour: string): number => (colour.match(/\d+/g) ?? []).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
  return light(land) < light(label);
}
