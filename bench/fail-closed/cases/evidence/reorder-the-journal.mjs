import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { alterAfterwards } from "../../lib/alter-afterwards.mjs";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "Two lines of the journal changed places.",
  execute: doTheWork,
  ...alterAfterwards((evidence) => {
    const path = join(evidence, "journal.jsonl");
    const lines = readFileSync(path, "utf8").split("\n");
    [lines[10], lines[11]] = [lines[11], lines[10]];
    writeFileSync(path, lines.join("\n"));
  }),
};
