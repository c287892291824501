/** Walking between points with the arrow keys. */

export type Direction = [x: -1 | 0 | 1, y: -1 | 0 | 1];
type Point = { x: number; y: number };

/** The point one would call next in a direction: near, and more ahead than aside. Null when nothing is there. */
export function nextInDirection<T extends Point>(from: Point, others: readonly T[], direction: Direction): T | null {
  let best: T | null = null;
  let least = Infinity;
  for (const other of others) {
    const ahead = (other.x - from.x) * direction[0] + (other.y - from.y) * direction[1];
    const aside = Math.abs((other.x - from.x) * direction[1]) + Math.abs((other.y - from.y) * direction[0]);
    const cost = ahead + 2 * aside;
    if (ahead > 0 && aside <= 2 * ahead && cost < least) [best, least] = [other, cost];
  }
  return best;
}
