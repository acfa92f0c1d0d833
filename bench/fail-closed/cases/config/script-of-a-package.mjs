import { BROKEN_SLUG, EMPTY_TEST, SAMPLE_FILES } from "../../lib/sample.mjs";

const root = {
  name: "all",
  private: true,
  type: "module",
  scripts: { test: "npm --prefix packages/slug test" },
};
const own = { name: "slug", type: "module", scripts: { test: "node run-all.js" } };
const RUN = `import { readdirSync } from "node:fs";
let n = 0;
let bad = 0;
for (const name of readdirSync("cases").sort()) {
  n += 1;
  const { default: run } = await import("./cases/" + name);
  let ok = true;
  try { run(); } catch { ok = false; }
  if (!ok) bad += 1;
  console.log((ok ? "ok " : "not ok ") + n + " - " + name);
}
console.log("1.." + n);
process.exitCode = bad ? 1 : 0;
`;
export default {
  why: "In a monorepo the script of a package runs the tests by a program of its own: that one is bent.",
  expect: { status: "INCOMPLETE", gates: ["tests"] },
  bare: true,
  files: {
    "package.json": `${JSON.stringify(root)}\n`,
    "packages/slug/package.json": `${JSON.stringify(own)}\n`,
    "packages/slug/run-all.js": RUN,
    "packages/slug/src/slug.js": SAMPLE_FILES["src/slug.js"],
    "packages/slug/cases/words.js":
      'import assert from "node:assert/strict";\nimport { slug } from "../src/slug.js";\nexport default () => assert.equal(slug("Hello World"), "hello-world");\n',
  },
  task: {
    prompt: "Make `slug` return an empty string for an empty string.",
    scope: ["**"],
    checks: [{ type: "command", argv: ["node", "--test", "packages/slug/test/empty.test.js"] }],
  },
  execute(agent) {
    agent.write("packages/slug/src/slug.js", BROKEN_SLUG);
    agent.write("packages/slug/test/empty.test.js", EMPTY_TEST);
    agent.edit("packages/slug/run-all.js", "ok = false", "ok = true");
  },
};
