// A git repository of a given number of files with a small test suite, and one task on it: the edit that the scripted
// model makes, in `pm`'s phases and in a bare run alike.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { structured, text, tool } from "../../../test/support/messages-server/turns.mjs";

export const PROMPT = "Make `slug` return an empty string for an empty string.";

const BROKEN = '  if (input === "") throw new Error("empty");\n';
const FIXED = [
  "test/slug.test.js",
  'import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { slug } from "../src/slug.js";\n\n',
  'test("words are joined by dashes", () => assert.equal(slug("Hello World"), "hello-world"));\n',
];
const NEW_TEST = `${FIXED[1]}test("slug of an empty string is empty", () => assert.equal(slug(""), ""));\n`;

const FILES = {
  "package.json": `${JSON.stringify({ name: "sample", type: "module", scripts: { test: "node --test" } }, null, 2)}\n`,
  "src/slug.js": `export function slug(input) {\n${BROKEN}  return input.toLowerCase().split(" ").join("-");\n}\n`,
  [FIXED[0]]: FIXED[1] + FIXED[2],
  ".gitignore": "node_modules\n",
  ".claude/CLAUDE.md": "# Sample\n",
  ".claude/settings.json": "{}\n",
  ".claude/agents/.gitkeep": "",
  ".claude/rules/.gitkeep": "",
};

/** @param {string} dir is made @param {number} count files in all */
export function generateProject(dir, count) {
  const put = (path, content) => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content);
  };
  for (const [path, content] of Object.entries(FILES)) put(path, content);
  for (let n = Object.keys(FILES).length; n < count; n++) {
    const lines = `// line of module ${n}\n`.repeat(20 + (n % 60));
    put(`src/part-${Math.floor(n / 50)}/module-${n}.js`, `export const value${n} = ${n};\n${lines}`);
  }
  const git = (...args) => execFileSync("git", ["-C", dir, ...args], { stdio: "ignore" });
  git("init", "--quiet");
  git("add", "--all");
  git("-c", "user.name=bench", "-c", "user.email=bench@example.org", "commit", "--quiet", "--message=bench");
  // As after a clone.
  git("gc", "--quiet");
}

/** The turns of whoever makes the edit. @param {string} dir */
export const editingTurns = (dir) => [
  tool("Write", { file_path: join(dir, "test/empty.test.js"), content: NEW_TEST }),
  tool("Read", { file_path: join(dir, "src/slug.js") }),
  tool("Edit", { file_path: join(dir, "src/slug.js"), old_string: BROKEN, new_string: "" }),
  text("Done."),
];

/** What the reading phases answer, one turn each. */
export const ANSWERS = {
  REQUIREMENT_ANALYSIS: structured({
    kind: "change",
    requirements: [{ id: "R1", statement: PROMPT, acceptance: "slug of an empty string is empty" }],
  }),
  TASK_DECOMPOSITION: structured({
    subtasks: [
      { id: "S1", title: "Empty slug", instructions: "Change slug.", requirements: ["R1"], depends_on: [] },
    ],
  }),
  PLANNING: structured({
    scope: ["src/**", "test/**"],
    checks: [
      { id: "C1", requirement: "R1", type: "command", argv: ["node", "--test", "test/empty.test.js"] },
    ],
  }),
};
