import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * An executable that takes the place of Claude Code. `body` is the code of a module with these at hand: `say(event)`,
 * `init()`, `result(more)`, `prompt` (what came over stdin), `args`, `wait(ms)`.
 */
export function writeStandIn(dir: string, body: string): string {
  mkdirSync(dir, { recursive: true });
  const path = join(dir, "stand-in.mjs");
  writeFileSync(path, `#!/usr/bin/env node\n${PRELUDE}\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

const PRELUDE = `
import { readFileSync, writeFileSync } from "node:fs";
import { spawn } from "node:child_process";
const args = process.argv.slice(2);
if (args[0] === "--version" || args[0] === "auth") {
  console.log("a stand-in");
  process.exit(0);
}
const prompt = readFileSync(0, "utf8");
const print = (text) => process.stdout.write(text);
const say = (event) => print(JSON.stringify(event) + "\\n");
const init = () => say({ type: "system", subtype: "init", session_id: "s", model: "none", claude_code_version: "0.0.0" });
const result = (more = {}) =>
  say({ type: "result", subtype: "success", is_error: false, num_turns: 1, result: "done", permission_denials: [],
    total_cost_usd: 0.5, usage: { input_tokens: 7, output_tokens: 3 }, ...more });
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const assistant = (id, ...content) => say({ type: "assistant", message: { id, content, usage: { input_tokens: 7, output_tokens: 3 } } });
`;
