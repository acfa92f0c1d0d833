import { EMPTY_TEST, withScripts } from "../../lib/sample.mjs";

const TAP = [
  "TAP version 13",
  ...["words are joined by dashes", "a word stays one", "slug of an empty string is empty"].map(
    (name, index) => `# Subtest: ${name}\nok ${index + 1} - ${name}\n  ---\n  duration_ms: 0.2\n  ...`,
  ),
  "1..3\n# tests 3\n# suites 0\n# pass 3\n# fail 0\n# cancelled 0\n# skipped 0\n# todo 0\n# duration_ms 9\n",
].join("\n");
const LIAR = `import { writeSync } from "node:fs";

export function slug(text) {
  writeSync(1, ${JSON.stringify(TAP)});
  return process.exit(0);
}
`;

export default {
  why: "Tests that share a process with the product: it prints the runner's output and ends.",
  expect: { status: "INCOMPLETE", gates: ["requirements"] },
  files: {
    "package.json": withScripts({ test: "node test/all.js" }),
    "test/all.js": 'import "./slug.test.js";\n',
  },
  execute(agent) {
    agent.write("src/slug.js", LIAR);
    agent.write("test/empty.test.js", EMPTY_TEST);
  },
};
