/** Lines and rings made ready for a flat map: cut at the antimeridian, coarse courses bent. */

/** The ring as one run of longitudes: no leap where it crosses the antimeridian, closed over a pole it goes around. */
export function unrolledRing(ring) {
  let turns = 0;
  const run = ring.map(([lon, lat], index) => {
    const leap = index === 0 ? 0 : lon - ring[index - 1][0];
    if (Math.abs(leap) > 180) turns -= Math.sign(leap);
    return [lon + 360 * turns, lat];
  });
  if (turns === 0) return run;
  const pole = run[0][1] < 0 ? -90 : 90;
  return [...run, [run.at(-1)[0], pole], [run[0][0], pole], run[0]];
}

/** Polygons made for the globe (world-atlas leaves the antimeridian uncut), unrolled for a flat map. */
export function flattened(collection) {
  const polygons = collection.features
    .flatMap(({ geometry: { type, coordinates } }) => (type === "Polygon" ? [coordinates] : coordinates))
    .map((polygon) => polygon.map(unrolledRing));
  return {
    type: "FeatureCollection",
    features: polygons.map((coordinates) => ({ type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates } })),
  };
}

/** Lines with their corners cut twice (Chaikin): the coarse courses bend as water does. */
export function smoothed(collection) {
  const cut = (line) => [
    line[0],
    ...line.slice(1).flatMap(([x, y], index) => {
      const [fromX, fromY] = line[index];
      const at = (share) => [fromX + (x - fromX) * share, fromY + (y - fromY) * share];
      return [at(0.25), at(0.75)];
    }),
    line.at(-1),
  ];
  const bend = (line) => cut(cut(line));
  const features = collection.features.map(({ geometry: { type, coordinates } }) => {
    const bent = type === "LineString" ? bend(coordinates) : coordinates.map(bend);
    return { type: "Feature", properties: {}, geometry: { type, coordinates: bent } };
  });
  return { type: "FeatureCollection", features };
}
