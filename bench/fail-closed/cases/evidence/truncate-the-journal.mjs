import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { alterAfterwards } from "../../lib/alter-afterwards.mjs";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "The end of the journal is gone, and with it what was found.",
  execute: doTheWork,
  ...alterAfterwards((evidence) => {
    const path = join(evidence, "journal.jsonl");
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.subarray(0, bytes.length - 900));
  }),
};
