/** A small project, a recording of an honest run on it, and what it is to look like before and after. */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export const PROMPT = "Make `slug` return an empty string for an empty string.";

const TEST_HEAD = `import assert from "node:assert/strict";
import { test } from "node:test";
import { slug } from "../src/slug.js";

`;
const LONG = (word) => `${Array.from({ length: 4000 }, (_, line) => `// ${word} ${line}`).join("\n")}\n`;

const BEFORE = {
  "package.json": `${JSON.stringify({ name: "sample", type: "module", scripts: { test: "node --test" } }, null, 2)}\n`,
  "src/slug.js": `${LONG("old")}export function slug(text) {
  if (text === "") throw new Error("empty");
  return text.toLowerCase().split(" ").join("-");
}
`,
  "src/legacy/unused.js": "export const unused = 1;\n",
  "test/slug.test.js": `${TEST_HEAD}test("words are joined by dashes", () => assert.equal(slug("Hello World"), "hello-world"));\n`,
  ".gitignore": "node_modules\n",
  ".claude/CLAUDE.md": "# Sample\n",
  ".claude/settings.json": "{}\n",
  ".claude/agents/.gitkeep": "",
  ".claude/rules/.gitkeep": "",
};

/** The agent's work: a long file changed, files added in old and new folders, one taken away with its folder. */
const WRITTEN = {
  "src/slug.js": `${LONG("new")}export function slug(text) {
  return text.toLowerCase().split(" ").join("-");
}
`,
  "src/words/split.js": 'export const words = (text) => text.split(" ");\n',
  "src/words/index.js": 'export { words } from "./split.js";\n',
  "test/empty.test.js": `${TEST_HEAD}test("slug of an empty string is empty", () => assert.equal(slug(""), ""));\n`,
};
const DELETED = ["src/legacy/unused.js"];

const after = { ...BEFORE, ...WRITTEN };
for (const path of DELETED) delete after[path];

/** Path to content. */
export const OLD = BEFORE;
export const NEW = after;

/** @param root a folder that is not there yet */
export function makeProject(root) {
  for (const [path, content] of Object.entries(BEFORE)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  const git = (...args) => execFileSync("git", args, { cwd: root, stdio: "pipe" });
  git("init", "-q");
  git("add", "-A");
  git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qm", "start");
}

/** @param executionMs how long the agent takes to write */
export function recording(executionMs = 0) {
  const step = (phase, rest) => ({ phase, actions: [], delay_ms: 0, ...rest });
  const written = Object.entries(WRITTEN).flatMap(([path, content]) => [
    ...(path in BEFORE ? [{ tool: "delete", path }] : []),
    { tool: "write", path, content },
  ]);
  const deleted = DELETED.map((path) => ({ tool: "delete", path }));
  const requirement = { id: "R1", statement: PROMPT, acceptance: "slug of an empty string is empty" };
  const subtask = {
    id: "S1",
    title: "Empty slug",
    instructions: "Change slug.",
    requirements: ["R1"],
    depends_on: [],
  };
  const check = {
    id: "C1",
    requirement: "R1",
    type: "command",
    argv: ["node", "--test", "test/empty.test.js"],
  };
  const steps = [
    step("REQUIREMENT_ANALYSIS", { answer: { kind: "change", requirements: [requirement] } }),
    step("TASK_DECOMPOSITION", { answer: { subtasks: [subtask] } }),
    step("PLANNING", { answer: { scope: ["src/**", "test/**"], checks: [check] } }),
    step("EXECUTION", { subtask: "S1", actions: [...written, ...deleted], delay_ms: executionMs }),
  ];
  const recorded = { agent: "none", version: "1", date: "2026-11-29", note: "made by the crash suite" };
  return { version: 1, recorded, tasks: [{ prompt: PROMPT, steps }] };
}
