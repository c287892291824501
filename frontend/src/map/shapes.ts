/** The geometry of markers: a shape for each tone, and the ring that shows how a group is made up. */

export const TONES = ["social", "industrial", "knowledge", "public", "commons"] as const;
export type Tone = (typeof TONES)[number];

/** Paths in a box of 24 by 24, alike in area so that no world looks bigger than another. */
export const SHAPES: Record<Tone, string> = {
  social: "M12 3.5a8.5 8.5 0 1 1 0 17a8.5 8.5 0 1 1 0-17z",
  industrial: "M4.5 4.5h15v15h-15z",
  knowledge: "M12 2.5l10 17.5h-20z",
  public: "M12 1.5l10.5 10.5l-10.5 10.5l-10.5-10.5z",
  commons: "M12 2.5l8.3 4.75v9.5l-8.3 4.75l-8.3-4.75v-9.5z",
};

export type Slice = { tone: Tone; path: string };

const GAP = 0.035; // share of the circle left open between two slices

function at(share: number, radius: number, middle: number): string {
  const angle = 2 * Math.PI * share - Math.PI / 2;
  return `${(middle + radius * Math.cos(angle)).toFixed(2)} ${(middle + radius * Math.sin(angle)).toFixed(2)}`;
}

function arc(from: number, to: number, radius: number, middle: number): string {
  if (to - from > 0.9999) {
    const half = `${radius} ${radius} 0 0 1`;
    return `M${at(0, radius, middle)}A${half} ${at(0.5, radius, middle)}A${half} ${at(0, radius, middle)}`;
  }
  const isLong = to - from > 0.5 ? 1 : 0;
  return `M${at(from, radius, middle)}A${radius} ${radius} 0 ${isLong} 1 ${at(to, radius, middle)}`;
}

/**
 * The ring of a group as arcs, one for each tone that occurs, clockwise from the top.
 *
 * @param counts organisations of each tone, in the order of TONES
 * @param radius of the ring's middle line, in the units of a square of twice `middle`
 */
export function ring(counts: readonly number[], radius: number, middle: number): Slice[] {
  const present = TONES.map((tone, index) => ({ tone, count: counts[index] ?? 0 })).filter(({ count }) => count > 0);
  const total = present.reduce((sum, { count }) => sum + count, 0);
  const gap = present.length > 1 ? GAP : 0;
  const open = 1 - gap * present.length;
  let from = 0;
  return present.map(({ tone, count }) => {
    const to = from + (count / total) * open;
    const slice = { tone, path: arc(from, to, radius, middle) };
    from = to + gap;
    return slice;
  });
}

/** Width of a group's marker in pixels: grows with the logarithm of its count, from 36 to 60. */
export function groupWidth(count: number): number {
  return Math.round(Math.min(60, 32 + 5.6 * Math.log10(Math.max(2, count)) * 1.6));
}

/** The tone most of a marker's organisations have. */
export function mainTone(counts: readonly number[]): Tone {
  return TONES[counts.indexOf(Math.max(...counts))] ?? "social";
}
