/** Boxes on the map: west, south, east, north in degrees; west > east means across the antimeridian. */

export type Bounds = [west: number, south: number, east: number, north: number];

const DECIMALS = 4; // about 10 metres

function wrapped(lon: number): number {
  return lon >= -180 && lon <= 180 ? lon : ((((lon + 180) % 360) + 360) % 360) - 180;
}

function clamped(lat: number): number {
  return Math.min(90, Math.max(-90, lat));
}

/** A box as the map gives it (its longitudes may run on beyond 180), brought into the world. */
export function normalised([west, south, east, north]: Bounds): Bounds {
  if (east - west >= 360) return [-180, clamped(south), 180, clamped(north)];
  return [wrapped(west), clamped(south), wrapped(east), clamped(north)];
}

/** The box for an address: "7.5,45,7.8,45.2". */
export function boxText(bounds: Bounds): string {
  return normalised(bounds)
    .map((degrees) => String(Number(degrees.toFixed(DECIMALS))))
    .join(",");
}

/** The box of an address, or null when it is not one. */
export function parseBox(written: string | null | undefined): Bounds | null {
  const parts = (written ?? "").split(",");
  const [west, south, east, north] = parts.map((part) => (part.trim() === "" ? NaN : Number(part)));
  if (parts.length !== 4 || west === undefined || south === undefined || east === undefined) return null;
  if (north === undefined || ![west, south, east, north].every(Number.isFinite)) return null;
  if (Math.abs(west) > 180 || Math.abs(east) > 180 || south < -90 || north > 90 || south > north) return null;
  return [west, south, east, north];
}

/** The same box as one run of longitudes, east possibly beyond 180, as the map wants it. */
export function unrolled([west, south, east, north]: Bounds): Bounds {
  return [west, south, west > east ? east + 360 : east, north];
}

/** The box grown on every side by a share of its size. */
export function grown([west, south, east, north]: Bounds, share: number): Bounds {
  const aside = (east - west) * share;
  const above = (north - south) * share;
  return [west - aside, south - above, east + aside, north + above];
}

/** Whether `inner` lies wholly in `outer`; both unrolled. */
export function contains(outer: Bounds, inner: Bounds): boolean {
  return outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3];
}

/** The smallest box around points, or null for none. Points are taken as lying on one side of the antimeridian. */
export function boxAround(points: readonly { lat: number; lon: number }[]): Bounds | null {
  const first = points[0];
  if (!first) return null;
  const box: Bounds = [first.lon, first.lat, first.lon, first.lat];
  for (const { lat, lon } of points) {
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  }
  return box;
}
