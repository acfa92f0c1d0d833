import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "What the person has edited and not committed stays as it is.",
  expect: { status: "COMPLETE" },
  prepare: (project) => writeFileSync(join(project, "README.md"), "# Sample\n\nHalf a sen"),
  execute: doTheWork,
  after: ({ project }) =>
    readFileSync(join(project, "README.md"), "utf8").endsWith("Half a sen")
      ? null
      : "the person's edit is gone",
};
