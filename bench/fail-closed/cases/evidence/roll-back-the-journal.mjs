import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { alterAfterwards } from "../../lib/alter-afterwards.mjs";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "The journal is whole in itself, and ends before what other files say of it.",
  execute: doTheWork,
  ...alterAfterwards((evidence) => {
    const path = join(evidence, "journal.jsonl");
    writeFileSync(path, `${readFileSync(path, "utf8").split("\n").slice(0, 24).join("\n")}\n`);
  }),
};
