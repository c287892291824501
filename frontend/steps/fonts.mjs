/** Writes the @font-face rules of the two type families, only for the scripts of Europe's languages. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const SUBSETS = ["cyrillic-ext", "cyrillic", "greek-ext", "greek", "latin-ext", "latin"];
const FACES = [
  { family: "Source Sans 3 Variable", name: "source-sans-3", style: "normal" },
  { family: "Source Sans 3 Variable", name: "source-sans-3", style: "italic" },
  { family: "Source Serif 4 Variable", name: "source-serif-4", style: "normal" },
];

/** File names that a page may preload, keyed by the name the manifest gives them. */
export const PRELOADS = {
  "source-sans-3.woff2": "source-sans-3-latin-wght-normal",
  "source-serif-4.woff2": "source-serif-4-latin-wght-normal",
};

/** One style sheet with every face; the browser fetches only the files whose characters a page uses. */
export async function fontFaces(here) {
  const rules = [];
  for (const face of FACES) {
    const folder = `@fontsource-variable/${face.name}`;
    const ranges = JSON.parse(await readFile(join(here, "node_modules", folder, "unicode.json"), "utf8"));
    for (const subset of SUBSETS.filter((name) => name in ranges)) {
      rules.push(
        `@font-face{font-family:"${face.family}";font-style:${face.style};font-weight:200 900;font-display:swap;` +
          `src:url("${folder}/files/${face.name}-${subset}-wght-${face.style}.woff2") format("woff2");` +
          `unicode-range:${ranges[subset]}}`,
      );
    }
  }
  return rules.join("\n");
}
