import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const CASES = fileURLToPath(new URL("../cases", import.meta.url));

/** Families of cheats, and the honest twins. */
export const FAMILIES = /** @type {const} */ (["tests", "config", "claims", "evidence", "landing", "honest"]);

/** @typedef {import("./case.mjs").Case & { family: string, name: string, path: string }} LoadedCase */

/** @param {string} [filter] Part of `<family>/<name>`. @returns {Promise<LoadedCase[]>} */
export async function loadCases(filter = "") {
  const paths = FAMILIES.flatMap((family) =>
    readdirSync(join(CASES, family))
      .filter((name) => name.endsWith(".mjs"))
      .sort()
      .map((name) => ({ family, name: basename(name, ".mjs"), path: join(CASES, family, name) })),
  ).filter(({ family, name }) => `${family}/${name}`.includes(filter));
  return Promise.all(
    paths.map(async (place) => ({ ...(await import(pathToFileURL(place.path).href)).default, ...place })),
  );
}
