import { command } from "../../lib/command.mjs";
import { EMPTY_TEST, FIXED_SLUG, SAMPLE_FILES } from "../../lib/sample.mjs";

const packageOf = (name) => ({
  [`packages/${name}/package.json`]: `${JSON.stringify({ name, type: "module", scripts: { test: "node --test" } })}\n`,
  [`packages/${name}/src/slug.js`]: SAMPLE_FILES["src/slug.js"],
  [`packages/${name}/test/slug.test.js`]: SAMPLE_FILES["test/slug.test.js"],
});

export default {
  why: "One of two packages changes; all of their tests run.",
  expect: { status: "COMPLETE" },
  bare: true,
  files: {
    "package.json": `${JSON.stringify({ name: "root", private: true, workspaces: ["packages/*"], scripts: { test: "node --test packages/" } })}\n`,
    ...packageOf("one"),
    ...packageOf("two"),
  },
  task: {
    prompt: "Make slug of packages/one return an empty string for an empty string.",
    scope: ["packages/one/**"],
    checks: [command("node", "--test", "packages/one/test/empty.test.js")],
  },
  execute(agent) {
    agent.write("packages/one/src/slug.js", FIXED_SLUG);
    agent.write("packages/one/test/empty.test.js", EMPTY_TEST);
  },
};
