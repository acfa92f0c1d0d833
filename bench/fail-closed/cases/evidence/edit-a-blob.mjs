import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { alterAfterwards } from "../../lib/alter-afterwards.mjs";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "The output of a command is not what it was when it was hashed.",
  execute: doTheWork,
  ...alterAfterwards((evidence) => {
    const blobs = readdirSync(join(evidence, "blobs"), { recursive: true, withFileTypes: true });
    const [first] = blobs.filter((entry) => entry.isFile());
    writeFileSync(join(first.parentPath, first.name), "# pass 86\n");
  }),
  // A status is folded from the journal, which is whole; that a blob is not, only pm verify looks at.
  expect: { status: "COMPLETE" },
};
