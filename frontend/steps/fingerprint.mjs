/** Says whether files changed: one hash over their names and contents. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

/** All files below the given folders of `root`, sorted, as relative paths. A missing folder is empty. */
export async function filesBelow(root, folders) {
  const found = [];
  for (const folder of folders) {
    if (!existsSync(join(root, folder))) continue;
    for (const entry of await readdir(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) found.push(join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1));
    }
  }
  return found.sort();
}

/** Hash of the named files of `root`: 16 hexadecimal digits. */
export async function fingerprint(root, names) {
  const hash = createHash("sha256");
  const contents = await Promise.all(names.map((name) => readFile(join(root, name))));
  names.forEach((name, index) => hash.update(`${name}\0${contents[index].length}\0`).update(contents[index]));
  return hash.digest("hex").slice(0, 16);
}
