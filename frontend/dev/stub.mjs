/** Invented organisations and answers in the shape of the application's, to try the scripts without it. */

const TONES = ["social", "industrial", "knowledge", "public", "commons"];
const KINDS = ["cooperative", "company", "school", "public_authority", "makerspace"];
const TOWNS = [
  ["Torino", 45.07, 7.69],
  ["Milano", 45.46, 9.19],
  ["Lyon", 45.76, 4.84],
  ["Bilbao", 43.26, -2.93],
  ["Leipzig", 51.34, 12.37],
  ["Ljubljana", 46.05, 14.51],
  ["Asti", 44.9, 8.2],
];

let seed = 7;
function random() {
  seed = (seed * 16807) % 2147483647;
  return seed / 2147483647;
}

const ORGANISATIONS = Array.from({ length: 3000 }, (_, index) => {
  const [town, lat, lon] = TOWNS[Math.floor(random() * TOWNS.length)];
  const tone = Math.floor(random() * random() * 5);
  const spread = 0.35 * random() ** 2;
  const angle = random() * 2 * Math.PI;
  return {
    id: String(index + 1),
    name: `${["Filo", "Trama", "Ordito", "Telaio"][index % 4]} ${index + 1}`,
    lat: lat + spread * Math.sin(angle),
    lon: lon + spread * Math.cos(angle),
    tone,
    kind: KINDS[tone],
    place: town,
  };
});

function boxOf(query) {
  return (query.get("box") ?? "-180,-85,180,85").split(",").map(Number);
}

function found(query) {
  const [west, south, east, north] = boxOf(query);
  const kinds = query.getAll("kind");
  return ORGANISATIONS.filter(
    ({ lat, lon, kind }) =>
      lat >= south && lat <= north && lon >= west && lon <= east && (kinds.length === 0 || kinds.includes(kind)),
  );
}

function single(one) {
  const tones = TONES.map((_, tone) => (tone === one.tone ? 1 : 0));
  const { id, name, kind, lat, lon } = one;
  return { lat, lon, count: 1, tones, box: [lon, lat, lon, lat], id, name, kind, url: `/organisations/${id}/` };
}

function viewport(query) {
  const here = found(query);
  const [west, , east] = boxOf(query);
  if (here.length <= 60) return { markers: here.map(single), total: here.length };
  const size = 2 ** Math.ceil(Math.log2((east - west) / 10));
  const cells = new Map();
  for (const one of here) {
    const key = `${Math.floor(one.lon / size)},${Math.floor(one.lat / size)}`;
    cells.set(key, [...(cells.get(key) ?? []), one]);
  }
  const markers = [...cells].map(([key, members]) => {
    if (members.length === 1) return single(members[0]);
    const [x, y] = key.split(",").map(Number);
    const mean = (name) => members.reduce((sum, one) => sum + one[name], 0) / members.length;
    const tones = TONES.map((_, tone) => members.filter((one) => one.tone === tone).length);
    const box = [x * size, y * size, (x + 1) * size, (y + 1) * size];
    return { lat: mean("lat"), lon: mean("lon"), count: members.length, tones, box, id: null, name: null, kind: null, url: null };
  });
  return { markers, total: here.length };
}

function labels() {
  return { labels: TOWNS.map(([name, lat, lon], rank) => ({ name, lat, lon, rank })) };
}

function suggest(query) {
  const typed = (query.get("q") ?? "").toLowerCase();
  return {
    places: TOWNS.filter(([name]) => name.toLowerCase().startsWith(typed)).map(([label, lat, lon]) => ({ label, lat, lon })),
    organisations: ORGANISATIONS.filter(({ name }) => name.toLowerCase().startsWith(typed))
      .slice(0, 4)
      .map(({ id, name, kind, place }) => ({ id, name, kind, place, url: `/organisations/${id}/` })),
    topics: typed.startsWith("fo") ? [{ topic: "food", count: 12 }] : [],
  };
}

/** The list as the application sends it to a script that has the page already. */
export function resultList(query) {
  const here = found(query);
  const items = here.slice(0, 20).map(
    ({ id, name, kind, place, lat, lon, tone }) =>
      `<li class="result" data-id="${id}" data-lat="${lat}" data-lon="${lon}" data-tone="${TONES[tone]}">
         <a href="/organisations/${id}/">${name}</a> <small>${kind}, ${place}</small></li>`,
  );
  return `<h2 data-announce>${here.length} organisations</h2><ol class="results">${items.join("")}</ol><a href="?page=2">Next</a>`;
}

export const ANSWERS = { "/api/v1/viewport": viewport, "/api/v1/labels": labels, "/api/v1/suggest": suggest };
