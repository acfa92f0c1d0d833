/**
 * Runs the demo's task as a person would and writes what the terminal showed, unchanged but for the name of the
 * temporary folder: docs/demo.svg, and the transcript in README.md. Run it where the screens of `pm` have changed.
 */
import { spawn } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { prepareDemo, root } from "./lib/demo-project.mjs";
import { renderTerminal } from "./lib/render-terminal.mjs";

const demo = prepareDemo();
const begun = performance.now();
/** @type {{ text: string, at: number }[]} */
const shown = [];

const generic = (text) => text.replaceAll(demo.folder, "~").replaceAll(root, "…");
const show = (text, at = performance.now() - begun) =>
  shown.push(
    ...generic(text)
      .split("\n")
      .map((line) => ({ text: line, at })),
  );

async function type(shownCommand, command, args) {
  show(`$ ${shownCommand}`);
  const child = spawn(command, args, { cwd: demo.project, env: demo.env, stdio: ["ignore", "pipe", "pipe"] });
  let rest = "";
  const take = (chunk) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) show(line);
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  const code = await new Promise((resolve) => child.on("close", resolve));
  if (rest !== "") show(rest);
  if (code !== 0)
    throw new Error(`${shownCommand} ended with ${code}:\n${shown.map(({ text }) => text).join("\n")}`);
  show("");
}

function insertTranscript(text) {
  const path = join(root, "README.md");
  const readme = readFileSync(path, "utf8");
  const between =
    /(<!-- transcript: written by scripts\/record-demo\.mjs -->\n)[\s\S]*?(<!-- end of transcript -->)/;
  if (!between.test(readme)) throw new Error("README.md has no place for the transcript");
  writeFileSync(
    path,
    readme.replace(between, (_, open, close) => `${open}\`\`\`\n${text}\n\`\`\`\n${close}`),
  );
}

const [node, launcher] = demo.pm;
try {
  await type(`pm start '${demo.prompt}'`, node, [
    launcher,
    "start",
    demo.prompt,
    "--recording",
    demo.recording,
  ]);
  const session = /session-[a-z0-9]+/.exec(shown.map(({ text }) => text).join("\n"))?.[0] ?? "";
  await type(`pm verify ${session}`, node, [launcher, "verify", session]);
  demo.git("add", "--intent-to-add", ".");
  await type("git diff --stat", "git", ["--no-pager", "diff", "--stat"]);
} finally {
  rmSync(demo.folder, { recursive: true, force: true });
}
while (shown.at(-1)?.text === "") shown.pop();
writeFileSync(join(root, "docs", "demo.svg"), renderTerminal(shown));
insertTranscript(shown.map(({ text }) => text).join("\n"));
