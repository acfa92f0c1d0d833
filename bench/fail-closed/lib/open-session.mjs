/** A project, a home and an executor for one case, in a folder of their own. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { answerOf, spawnPm } from "./run-pm.mjs";
import { SAMPLE_FILES, SLUG_TASK } from "./sample.mjs";

const SUITE = fileURLToPath(new URL("..", import.meta.url));

/** Stands in the person's environment and home; nothing that comes out of a run may hold it. */
export const CANARY = "sk-ant-api03-canaryCanaryCanary0123456789abcdefghijklmnop";

/** Where languages keep their tools in a home folder; without them some of these can't start. */
const TOOL_HOMES = [".pyenv", ".cargo", ".rustup"];

const CLAUDE_FILES = { "CLAUDE.md": "# Sample\n", "agents/.gitkeep": "", "rules/.gitkeep": "" };

/** @typedef {ReturnType<typeof openSession>} Session */

/** @param {import("./load-cases.mjs").LoadedCase} played @param {{ isolation: "sandbox" | "process" }} options */
export function openSession(played, { isolation }) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "pm-cheat-")));
  const project = join(folder, "project");
  const outside = join(folder, "outside");
  mkdirSync(outside);
  makeProject(project, played, isolation);
  const env = {
    HOME: join(folder, "person"),
    PM_HOME: join(folder, "home"),
    PM_CLAUDE_BIN: writeExecutor(join(folder, "executor"), played, outside),
  };
  mkdirSync(env.HOME);
  for (const name of TOOL_HOMES.filter((name) => existsSync(join(homedir(), name))))
    symlinkSync(join(homedir(), name), join(env.HOME, name));
  writeFileSync(join(env.HOME, ".secret"), `${CANARY}\n`);
  const startArgs = [
    ...["start", `--task=${(played.task ?? SLUG_TASK).prompt}`, "--project", project, "--json"],
    ...(played.start ?? []),
  ];
  const pm = (args, more = {}) => spawnPm([...args], { ...env, ...more }).ended;
  const sessions = join(project, ".pm/sessions");
  return {
    ...{ folder, project, outside, env, startArgs, isolation },
    /** The built `pm` with these words. @param {readonly string[]} args */
    pm,
    /** `pm <words> --json`, and what it says. @param {...string} words */
    ask: async (...words) => {
      const answer = answerOf(await pm([...words, "--json"]));
      // Only of these two the exit code tells the status.
      return ["start", "continue"].includes(words[0] ?? "") ? answer : { ...answer, exit: null };
    },
    start: async () => answerOf(await pm(startArgs)),
    /** @param {readonly string[]} [wrapper] */
    begin: (wrapper) => spawnPm(startArgs, env, wrapper),
    /** Resolves when the executor of EXECUTION is on record as started. @param {ReturnType<typeof spawnPm>} run */
    executing: async ({ child }) => {
      const started = /"phase":"EXECUTION".*"type":"run\.started"/;
      while (!started.test(readJournal(sessions))) {
        if (child.exitCode !== null) throw new Error("pm ended before EXECUTION");
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    /** The folder of the only session. */
    evidence: () => join(sessions, readdirSync(sessions)[0] ?? ""),
    id: () => readdirSync(sessions)[0] ?? "",
    read: (path) => readFileSync(join(project, path), "utf8"),
    write: (path, content) => writeFileSync(join(project, path), content),
    git: (...args) => execFileSync("git", args, { cwd: project, stdio: "pipe", encoding: "utf8" }),
    state: () => stateOf(project),
    close: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** npm takes longer to start than the sample's tests to run, so only projects with scripts of their own go through it. */
const PLAIN = { qa: { commands: ["node --test"] } };

function readJournal(sessions) {
  try {
    return readFileSync(join(sessions, readdirSync(sessions)[0] ?? "", "journal.jsonl"), "utf8");
  } catch {
    return "";
  }
}

function makeProject(project, { files = {}, bare = false, git = true, prepare, ...played }, isolation) {
  const own = isolation === "process" ? { isolation } : {};
  const settings = played.settings ?? (bare || files["package.json"] ? {} : PLAIN);
  const all = {
    ...Object.fromEntries(Object.entries(CLAUDE_FILES).map(([path, text]) => [`.claude/${path}`, text])),
    ".claude/settings.json": `${JSON.stringify({ ...settings, ...own })}\n`,
    ...(bare ? {} : SAMPLE_FILES),
    ...files,
  };
  for (const [path, content] of Object.entries(all)) {
    if (content === null) continue;
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), content);
  }
  const run = (...args) => execFileSync("git", args, { cwd: project, stdio: "pipe" });
  if (git) {
    run("init", "-q");
    run("add", "-A");
    run("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qm", "start");
  }
  prepare?.(project);
}

/**
 * The suite is copied beside it: the sandbox shows an executor the folder it lies in and hides much of the machine.
 * @returns {string}
 */
function writeExecutor(dir, { path }, outside) {
  for (const part of ["lib", "cases"]) cpSync(join(SUITE, part), join(dir, part), { recursive: true });
  const file = join(dir, "executor.mjs");
  const place = JSON.stringify({ outside });
  writeFileSync(
    file,
    `#!/usr/bin/env node
import { playPhase } from "./lib/agent.mjs";
import played from ${JSON.stringify(`./${relative(SUITE, path)}`)};
await playPhase(played, ${place});
`,
  );
  chmodSync(file, 0o755);
  return file;
}

/** One digest for all that the person sees: names, modes and contents; not what `pm` keeps, nor git's own folder. */
function stateOf(project) {
  const hash = createHash("sha256");
  const look = (dir) => {
    for (const name of readdirSync(dir, { encoding: "buffer" }).sort(Buffer.compare)) {
      if (dir.equals(Buffer.from(project)) && [".pm", ".git"].includes(name.toString())) continue;
      const path = Buffer.concat([dir, Buffer.from("/"), name]);
      const entry = lstatSync(path);
      hash.update(path).update(String(entry.mode));
      if (entry.isDirectory()) look(path);
      else if (entry.isSymbolicLink()) hash.update(readlinkSync(path));
      else if (entry.isFile()) hash.update(readFileSync(path));
    }
  };
  look(Buffer.from(project));
  return hash.digest("hex");
}
