// The REPL's screen, fed by a controller that makes things up: a run of so many updates, then its bytes and memory.
// Usage, on a terminal: node --expose-gc repl-feed.mjs <module with runTerminal> <file for the result> <updates> <ms between> <lines each>
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const [, , module, target, updates, pause, linesEach] = process.argv;
const { runTerminal } = await import(module);
const PHASES = ["REQUIREMENT_ANALYSIS", "TASK_DECOMPOSITION", "PLANNING", "EXECUTION", "QA"];
const ALL = [...PHASES, "COMPLETION_VALIDATION", "REPORT"];

let bytes = 0;
let text = "";
const write = process.stdout.write;
process.stdout.write = function (chunk, ...rest) {
  bytes += Buffer.byteLength(chunk);
  text = `${text.slice(-8)}${chunk}`;
  erasures += text.split(/\x1b\[[23]J/).length - 1;
  text = text.slice(-4);
  return write.call(this, chunk, ...rest);
};
let erasures = 0;

const home = mkdtempSync(join(tmpdir(), "pm-bench-repl-"));
const listeners = { item: () => {}, view: () => {} };
const started = performance.now();
let view = {
  ...{
    project: "/srv/sample",
    branch: "main",
    namespace: "default",
    provider: "claude-code",
    model: "opus",
  },
  ...{
    sessionId: "session-bench",
    running: [],
    waiting: [],
    approval: null,
    keySetup: null,
    worker: true,
    ended: false,
  },
};
const none = async () => {};
function listen(what, listener) {
  listeners[what] = listener;
  return () => {};
}
const controller = {
  view: () => view,
  onItem: (listener) => listen("item", listener),
  onView: (listener) => listen("view", listener),
  onAttention: () => () => {},
  ...{ open: none, submit: none, decide: none, interrupt: none, settled: none, close: none },
  sessions: async () => [],
};
const code = runTerminal({
  ...{ controller, projectDir: "/srv/sample", home, color: true, screenReader: false, env: {} },
  monotonic: () => performance.now(),
});
await sleep(500);

const memory = () => {
  globalThis.gc?.();
  return process.memoryUsage().rss / 2 ** 20;
};
const before = bytes;
let early = 0;
for (let index = 0; index < Number(updates); index++) {
  const at = Math.floor((index / Number(updates)) * PHASES.length);
  const mark = (place) => (place < at ? "passed" : place === at ? "running" : "waiting");
  const phases = Object.fromEntries(ALL.map((phase, place) => [phase, mark(place)]));
  const lines = Array.from(
    { length: Number(linesEach) },
    (_, line) => `Reading src/module-${index}-${line}.ts, ${line} lines`,
  );
  const progress = {
    ...{
      sessionId: "session-bench",
      provider: "claude-code",
      isolation: "sandbox",
      phases,
      submitted: [],
      ended: null,
    },
    task: { id: "task-1", number: 1, prompt: "Do it", startedAt: started },
    running: { phase: ALL[at], since: started },
    activity: `Edit src/module-${index}.ts`,
  };
  const run = {
    taskId: "task-1",
    sessionId: "session-bench",
    prompt: "Do it",
    here: true,
    progress,
    since: started,
  };
  view = { ...view, running: [{ ...run, lastLines: lines.slice(-3) }] };
  listeners.view(view);
  if (index % 60 === 59) {
    listeners.item({ kind: "phase", taskId: "task-1", phase: ALL[at], mark: "passed", seconds: 3 });
  }
  await sleep(Number(pause));
  if (index === Math.floor(Number(updates) / 4)) early = memory();
}
await sleep(300);
const result = { bytes: bytes - before, erasures, earlyMb: early, lateMb: memory() };
process.emit("SIGTERM");
await code;
rmSync(home, { recursive: true, force: true });
writeFileSync(target, JSON.stringify(result));
process.exit(0);
