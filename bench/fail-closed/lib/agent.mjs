/**
 * The executor of a case: a process that takes the place of Claude Code, in the sandbox, and speaks its stream-json.
 *
 * Owns its stdout. Invariants:
 * X1 what it does is told as the real one tells it: a tool call and its result for each thing done;
 * X2 without a word of the case to the contrary it ends as an honest run does: one result, exit code 0.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { documentsOf } from "./documents.mjs";

const DOCUMENTS = { REQUIREMENT_ANALYSIS: "analyse", TASK_DECOMPOSITION: "decompose", PLANNING: "plan" };

/** @typedef {ReturnType<typeof createAgent>} Agent */

/** @param {{ outside: string, prompt: string }} place `outside`: a folder of the case that no executor may reach. */
function createAgent(place) {
  let calls = 0;
  let ended = false;
  const print = (text) => void process.stdout.write(text);
  const say = (event) => print(`${JSON.stringify(event)}\n`);
  const tool = (name, input, act) => {
    calls += 1;
    const id = `toolu_${calls}`;
    const usage = { input_tokens: 7, output_tokens: 3 };
    const content = [{ type: "tool_use", id, name, input }];
    say({ type: "assistant", message: { id: `msg_${calls}`, content, usage } });
    const answer = act();
    say({ type: "user", message: { content: [{ type: "tool_result", tool_use_id: id, content: "done" }] } });
    return answer;
  };
  return {
    ...place,
    phase: process.env.PM_PHASE ?? "",
    subtask: process.env.PM_SUBTASK_ID ?? "",
    taskId: process.env.PM_TASK_ID ?? "",
    print,
    say,
    /** Nothing more is said at the end: the case has said it all. */
    hush() {
      ended = true;
    },
    /** The result event; `more` overlays its fields. */
    finish(more = {}) {
      ended = true;
      say({
        ...{
          type: "result",
          subtype: "success",
          is_error: false,
          num_turns: 1,
          result: "Done, all tests pass.",
        },
        ...{ permission_denials: [], total_cost_usd: 0.01, usage: { input_tokens: 7, output_tokens: 3 } },
        ...more,
      });
    },
    hasEnded: () => ended,
    /** @param {string} path @param {string | Buffer} content @param {number} [mode] */
    write: (path, content, mode) =>
      tool("Write", { file_path: path }, () => {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, content);
        if (mode !== undefined) chmodSync(path, mode);
      }),
    /** Replaces a text that stands in the file; it is an error of the case where it does not. */
    edit: (path, before, after) =>
      tool("Edit", { file_path: path }, () => {
        const text = readFileSync(path, "utf8");
        if (!text.includes(before)) throw new Error(`${path} does not hold ${before}`);
        writeFileSync(
          path,
          text.replaceAll(before, () => after),
        );
      }),
    remove: (path) => tool("Bash", { command: `rm -r ${path}` }, () => rmSync(path, { recursive: true })),
    /** @returns how the command ended; a command that fails is no error. */
    run: (file, ...args) =>
      tool("Bash", { command: [file, ...args].join(" ") }, () => spawnSync(file, args, { encoding: "utf8" })),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
}

/** Plays one phase of a case. @param {import("./case.mjs").Case} played */
export async function playPhase(played, place) {
  const question = process.argv[2];
  if (question === "--version" || question === "auth")
    return void process.stdout.write("a scripted executor\n");
  const agent = createAgent({ ...place, prompt: readFileSync(0, "utf8") });
  agent.say({
    type: "system",
    subtype: "init",
    session_id: "s",
    model: "scripted",
    claude_code_version: "0.0.0",
  });
  const name = DOCUMENTS[agent.phase];
  if (name === undefined) {
    await played.execute?.(agent);
    if (!agent.hasEnded()) agent.finish();
    return;
  }
  const document = await (played[name]?.(agent) ?? documentsOf(played.task)[name]);
  if (!agent.hasEnded()) agent.finish({ structured_output: document });
}
