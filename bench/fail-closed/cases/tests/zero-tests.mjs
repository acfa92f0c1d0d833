import { FIXED_SLUG, SAMPLE_FILES } from "../../lib/sample.mjs";

const SCRIPT = `import { readdirSync } from "node:fs";

for (const name of readdirSync("test").filter((name) => name.endsWith(".test.js"))) await import(\`../test/\${name}\`);
`;

export default {
  why: "A runner that finds nothing to run ends with 0 and has run nothing.",
  expect: { status: "INCOMPLETE", gates: ["qa"] },
  files: {
    "package.json": SAMPLE_FILES["package.json"].replace("node --test", "node scripts/run-tests.mjs"),
    "scripts/run-tests.mjs": SCRIPT,
  },
  task: {
    prompt: "Make `slug` return an empty string for an empty string.",
    checks: [
      { type: "command", argv: ["node", "-e", 'import("./src/slug.js").then(({ slug }) => slug(""))'] },
    ],
  },
  execute(agent) {
    agent.write("src/slug.js", FIXED_SLUG);
    agent.write("test/slug.spec.js", SAMPLE_FILES["test/slug.test.js"]);
    agent.remove("test/slug.test.js");
  },
};
