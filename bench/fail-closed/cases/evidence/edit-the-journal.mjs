import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { alterAfterwards } from "../../lib/alter-afterwards.mjs";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "A line of the journal was altered.",
  execute: doTheWork,
  ...alterAfterwards((evidence) => {
    const path = join(evidence, "journal.jsonl");
    writeFileSync(path, readFileSync(path, "utf8").replace('"exit_code":1', '"exit_code":0'));
  }),
};
