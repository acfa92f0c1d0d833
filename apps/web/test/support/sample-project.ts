import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const FILES: Readonly<Record<string, string>> = {
  "package.json": '{ "name": "sample", "type": "module", "scripts": { "test": "node --test" } }\n',
  "src/slug.js": 'export const slug = (text) => text.toLowerCase().split(" ").join("-");\n',
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

/** A small library with a test, under git. @returns its real path. */
export function makeSampleProject(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "pm-web-project-")));
  for (const [name, content] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  const git = (...args: string[]) => execFileSync("git", args, { cwd: root, stdio: "pipe" });
  git("init", "-q");
  git("add", "-A");
  git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qm", "start");
  return root;
}
