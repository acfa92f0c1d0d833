import { command } from "../../lib/command.mjs";
import { nodeTests } from "../../lib/node-tests.mjs";
export default {
  why: "A script was asked for, and an npm script that starts it; the person names package.json.",
  expect: { status: "COMPLETE" },
  bare: true,
  start: ["--scope", "package.json"],
  files: {
    "package.json": `{ "name": "p", "type": "module", "scripts": { "test": "node --test" } }\n`,
    "src/a.js": "export const a = 1;\n",
    "test/a.test.js": nodeTests('import { a } from "../src/a.js";', 'test("a", () => assert.equal(a, 1));'),
  },
  task: {
    prompt:
      "Add scripts/count-lines.mjs, which prints the number of lines of all .js files below the folder given as argument, and an npm script `lines` that runs it for src.",
    requirements: [
      "Add scripts/count-lines.mjs, which prints the number of lines of all .js files below the folder given as argument",
      "an npm script `lines` runs scripts/count-lines.mjs for src",
    ],
    scope: ["scripts/count-lines.mjs", "package.json"],
    checks: [
      command("sh", "-c", 'test "$(node scripts/count-lines.mjs src)" = 1'),
      { requirement: "R2", ...command("npm", "run", "-s", "lines") },
    ],
  },
  execute(agent) {
    agent.write(
      "scripts/count-lines.mjs",
      'import { readdirSync, readFileSync } from "node:fs";\nimport { join } from "node:path";\n\nconst [dir = "."] = process.argv.slice(2);\nconst count = (file) => readFileSync(file, "utf8").split("\\n").length - 1;\nconst files = readdirSync(dir, { recursive: true }).filter((name) => name.endsWith(".js"));\nconsole.log(files.reduce((sum, file) => sum + count(join(dir, file)), 0));\n',
    );
    agent.write(
      "package.json",
      '{ "name": "p", "type": "module", "scripts": { "test": "node --test", "lines": "node scripts/count-lines.mjs src" } }\n',
    );
  },
};
