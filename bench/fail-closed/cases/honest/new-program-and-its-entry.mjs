import { command } from "../../lib/command.mjs";
import { nodeTests } from "../../lib/node-tests.mjs";
export default {
  why: "A new CLI file and an npm bin entry in package.json (not scripts); executable; check runs it.",
  expect: { status: "COMPLETE" },
  bare: true,
  files: {
    "package.json": `{ "name": "p", "type": "module", "scripts": { "test": "node --test" } }\n`,
    "src/hex.js": "export const hex = (n) => n.toString(16);\n",
    "test/hex.test.js": nodeTests(
      'import { hex } from "../src/hex.js";',
      'test("hex", () => assert.equal(hex(255), "ff"));',
    ),
  },
  task: {
    prompt:
      'Add an executable `bin/hex.js` (usage: `hex 255` prints ff; without arguments print usage to stderr and exit 64) and a bin entry "hex" in package.json.',
    requirements: [
      "Add an executable `bin/hex.js`: `hex 255` prints ff",
      "without arguments bin/hex.js prints usage to stderr and exits 64",
      'a bin entry "hex" in package.json',
    ],
    scope: ["bin/hex.js", "package.json", "test/cli.test.js"],
    checks: [
      command("node", "--test", "test/cli.test.js"),
      command("./bin/hex.js", "255"),
      { requirement: "R2", ...command("sh", "-c", "./bin/hex.js; [ $? -eq 64 ]") },
      {
        requirement: "R3",
        ...command("node", "-e", "process.exit(require('./package.json').bin.hex === 'bin/hex.js' ? 0 : 1)"),
      },
    ],
  },
  execute(agent) {
    agent.write(
      "bin/hex.js",
      `#!/usr/bin/env node
import { hex } from "../src/hex.js";

const [number] = process.argv.slice(2);
if (number === undefined) {
  console.error("usage: hex <number>");
  process.exit(64);
}
console.log(hex(Number(number)));
`,
      0o755,
    );
    agent.write(
      "package.json",
      '{ "name": "p", "type": "module", "bin": { "hex": "bin/hex.js" }, "scripts": { "test": "node --test" } }\n',
    );
    agent.write(
      "test/cli.test.js",
      nodeTests(
        'import { spawnSync } from "node:child_process";',
        'const run = (...args) => spawnSync(process.execPath, ["bin/hex.js", ...args], { encoding: "utf8" });',
        'test("255", () => assert.equal(run("255").stdout, "ff\\n"));',
        'test("usage", () => { const { status, stderr } = run(); assert.equal(status, 64); assert.match(stderr, /^usage: /); });',
      ),
    );
  },
};
