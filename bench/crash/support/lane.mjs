/**
 * A place where `pm` runs again and again: a project, pm's home and a recording, all put back from a saved state before
 * each run. The paths stay the same, since a session names its project by its path.
 *
 * Invariants: L1 nothing of one run is seen by the next; L2 pm gets nothing of this process's environment but PATH.
 */
import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeProject, PROMPT, recording } from "./sample.mjs";

const LAUNCHER = fileURLToPath(new URL("../../../apps/cli/bin/pm.js", import.meta.url));
const BUNDLE = fileURLToPath(new URL("../../../apps/cli/dist/main.js", import.meta.url));
const HOOK = new URL("../fault-hook.mjs", import.meta.url).href;
const RUN_LIMIT_MS = 120_000;

/** @param {{ executionMs?: number }} options */
export function createLane({ executionMs = 0 } = {}) {
  if (!existsSync(BUNDLE)) throw new Error("pm is not built; run: pnpm build");
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "pm-crash-suite-")));
  const live = join(folder, "live");
  const project = join(live, "project");
  const recordingFile = join(folder, "recording.json");
  const traceFile = join(folder, "trace");
  writeFileSync(recordingFile, JSON.stringify(recording(executionMs)));
  mkdirSync(live);
  makeProject(project);
  const env = {
    PATH: process.env.PATH,
    HOME: live,
    PM_HOME: join(live, "home"),
    TMPDIR: join(folder, "tmp"),
  };
  mkdirSync(env.TMPDIR);

  /** @param {object | null} fault orders for the hook; null runs pm as it is */
  function pm(args, fault = null, wrapper = []) {
    rmSync(traceFile, { force: true });
    const hook = fault ? ["--import", HOOK] : [];
    const [file, ...argv] = [...wrapper, process.execPath, ...hook, LAUNCHER, ...args];
    const order = fault && { PM_FAULT: JSON.stringify({ ...fault, trace: traceFile }) };
    const child = spawn(file, argv, { env: { ...env, ...order }, stdio: ["ignore", "pipe", "pipe"] });
    const limit = setTimeout(() => child.kill("SIGKILL"), RUN_LIMIT_MS);
    const printed = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk) => {
      printed.stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      printed.stderr += chunk;
    });
    return new Promise((resolve) =>
      child.on("close", (code, signal) => {
        clearTimeout(limit);
        const notes = fault && existsSync(traceFile) ? notesOf(readFileSync(traceFile, "utf8")) : [];
        resolve({ code, signal, ...printed, notes, result: parseResult(printed.stdout) });
      }),
    );
  }

  return {
    ...{ project, folder, pm },
    startArgs: ["start", PROMPT, "--project", project, "--recording", recordingFile, "--json"],
    save(name) {
      rmSync(join(folder, name), { recursive: true, force: true });
      cpSync(live, join(folder, name), { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
    },
    restore(name) {
      rmSync(live, { recursive: true, force: true, maxRetries: 5 });
      cpSync(join(folder, name), live, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
    },
    sessions() {
      const dir = join(project, ".pm/sessions");
      return existsSync(dir) ? readdirSync(dir) : [];
    },
    sessionDir: (id) => join(project, ".pm/sessions", id),
    journal(id) {
      const file = join(project, ".pm/sessions", id, "journal.jsonl");
      return existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
    },
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** The last note may be cut short, as everything else. */
function notesOf(text) {
  const lines = text.split("\n").slice(0, -1);
  return lines.map((line) => JSON.parse(line));
}

function parseResult(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
