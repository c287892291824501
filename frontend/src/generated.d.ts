/** Modules the build makes up. */
declare module "glocal:basemap" {
  /** Hash of all tiles. */
  export const version: string;
  /** Widest and deepest zoom that were cut. */
  export const minZoom: number;
  export const maxZoom: number;
  /** Base64: one bit a tile, see map/tiles.ts. */
  export const tileBits: string;
}

declare module "glocal:map-worker" {
  /** Address of MapLibre's worker, relative to this module's file. */
  const url: string;
  export default url;
}
