import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export type Files = Readonly<Record<string, string>>;

/** A small real library with a test suite of its own; `slug("")` throws, which is what tasks ask to change. */
export const SAMPLE_FILES: Files = {
  "package.json": `${JSON.stringify({ name: "sample", type: "module", scripts: { test: "node --test" } }, null, 2)}\n`,
  "src/slug.js": `export function slug(text) {
  if (text === "") throw new Error("empty");
  return text.toLowerCase().split(" ").join("-");
}
`,
  "test/slug.test.js": `import assert from "node:assert/strict";
import { test } from "node:test";
import { slug } from "../src/slug.js";

test("words are joined by dashes", () => assert.equal(slug("Hello World"), "hello-world"));
`,
  ".gitignore": "node_modules\n",
  ".claude/CLAUDE.md": "# Sample\n",
  ".claude/settings.json": "{}\n",
  ".claude/agents/.gitkeep": "",
  ".claude/rules/.gitkeep": "",
};

/** Writes a project into a new temporary folder, under git unless `git` is false. @returns its real path. */
export function makeProject(files: Files = {}, { git = true } = {}): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "pm-project-")));
  writeFiles(root, { ...SAMPLE_FILES, ...files });
  if (git) {
    const run = (...args: string[]) => execFileSync("git", args, { cwd: root, stdio: "pipe" });
    run("init", "-q");
    run("add", "-A");
    run("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qm", "start");
  }
  return root;
}

export function writeFiles(root: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}
