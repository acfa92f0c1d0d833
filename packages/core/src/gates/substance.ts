import { isDocFile } from "./file-classes.ts";
import { objector } from "./objector.ts";
import type { Gate } from "./task-evidence.ts";

export const substanceGate: Gate = {
  name: "substance",
  objectsTo: "source files that differ only in white space or comments",
  evaluate(evidence) {
    const { change, kind } = evidence;
    if (change === null || kind === "docs" || kind === "refactor") return [];
    const cosmetic = new Set(change.cosmetic);
    const paths = change.files.map(({ path }) => path);
    const touched = paths.filter((path) => cosmetic.has(path));
    // Documentation beside it does not give substance to sources that only look changed.
    const hollow = touched.length > 0 && paths.every((path) => cosmetic.has(path) || isDocFile(path));
    if (!hollow) return [];
    return [
      objector("substance", evidence)("E220", "INCOMPLETE", {}, { approval: "accept", paths: touched }),
    ];
  },
};
