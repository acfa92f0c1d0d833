/**
 * The program that runs an agent's tools: started inside the isolation of a run, in the workspace, driven over stdin and
 * stdout by `open-tool-host.ts`, which stays outside.
 *
 * Owns the calls that are under way. Invariants:
 * M1 on stdout stand frames and nothing else: a tool's children never have it;
 * M2 every request is answered once, whatever its tool does; a cancelled one is answered too, to nobody;
 * M3 when stdin ends, so does this process, and with it the process group of every command.
 */
import { createFrameReader, writeFrame } from "./frames.mjs";
import { outcomeOf } from "./outcome.mjs";
import { killGroups } from "./run-command.mjs";
import { openWorkspace } from "./workspace.mjs";

/**
 * @typedef {import("./outcome.mjs").Outcome} Outcome
 * @typedef {import("./workspace.mjs").Workspace} Workspace
 * @typedef {(input: any, context: { workspace: Workspace, signal: AbortSignal }) => Promise<string>} Tool
 *   `input` was parsed outside, by the schema that the model was given. What it throws becomes the outcome.
 */

/** Loaded when first called: most runs use three of them. @type {Record<string, () => Promise<Tool>>} */
const TOOLS = {
  read: async () => (await import("./read.mjs")).read,
  list: async () => (await import("./list.mjs")).list,
  glob: async () => (await import("./glob.mjs")).glob,
  grep: async () => (await import("./grep.mjs")).grep,
  write: async () => (await import("./write.mjs")).write,
  edit: async () => (await import("./edit.mjs")).edit,
  shell: async () => (await import("./shell.mjs")).shell,
};

const workspace = openWorkspace(process.cwd());
/** @type {Map<string, AbortController>} */
const running = new Map();

/** @param {import("./frames.mjs").Request} request */
async function answer({ id, name, input }) {
  const controller = new AbortController();
  running.set(id, controller);
  const outcome = await outcomeOf(name, async () => {
    const load = Object.hasOwn(TOOLS, name) ? TOOLS[name] : undefined;
    if (load === undefined) throw new Error(`there is no tool ${name}`);
    const tool = await load();
    return tool(input, { workspace, signal: controller.signal });
  });
  running.delete(id);
  writeFrame({ id, ...outcome });
}

const reader = createFrameReader((frame) => {
  if ("cancel" in frame) running.get(frame.cancel)?.abort();
  else void answer(frame);
});
process.stdin.on("data", (chunk) => reader.push(/** @type {Buffer} */ (chunk)));
process.stdin.on("end", () => {
  killGroups();
  process.exit(0);
});
