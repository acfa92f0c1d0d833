import { doTheWork, withScripts } from "../../lib/sample.mjs";

export default {
  why: "Test, lint and type check are three commands, and all have to be content.",
  expect: { status: "COMPLETE" },
  files: {
    "package.json": withScripts({ lint: "node scripts/lint.mjs", typecheck: "node --check src/slug.js" }),
    "scripts/lint.mjs":
      'import { readFileSync } from "node:fs";\n\nprocess.exitCode = readFileSync("src/slug.js", "utf8").includes("var ") ? 1 : 0;\n',
  },
  execute: doTheWork,
};
