import { rmSync } from "node:fs";
import { join } from "node:path";
import { alterAfterwards } from "../../lib/alter-afterwards.mjs";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "session.json still says COMPLETE, and nothing stands behind it.",
  execute: doTheWork,
  ...alterAfterwards((evidence) => rmSync(join(evidence, "journal.jsonl"))),
};
