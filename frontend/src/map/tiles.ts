/** Which tiles of the base map exist, one bit each: zoom by zoom, row by row. */

export type TileId = { z: number; x: number; y: number };

let decoded: { from: string; bits: Uint8Array } | undefined;

function bitsOf(base64: string): Uint8Array {
  if (decoded?.from !== base64) {
    decoded = { from: base64, bits: Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)) };
  }
  return decoded.bits;
}

/** Position of a tile in the row of bits. */
export function tileNumber({ z, x, y }: TileId): number {
  return (4 ** z - 1) / 3 + y * 2 ** z + x;
}

/** Whether the build wrote this tile. */
export function hasTile(base64: string, tile: TileId): boolean {
  const number = tileNumber(tile);
  return (((bitsOf(base64)[number >> 3] ?? 0) >> (number & 7)) & 1) === 1;
}
