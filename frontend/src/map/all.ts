/** Everything that needs MapLibre, in one file for the browser, fetched when a map comes into view. */
export { addAttribution, addZoom } from "./controls";
export { Explorer } from "./explorer";
export { EUROPE, drawMap, viewOf } from "./map";
export { addSearchHere } from "./search-here";
export { addSpots } from "./spots";
