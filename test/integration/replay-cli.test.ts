/** `--record` and `pm replay` of the built `pm`, with an agent that really edits files: a stand-in for Claude Code. */
import {
  appendFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  FIXED_SLUG,
  NEW_TEST,
  PLAN,
  PROMPT,
  REQUIREMENTS,
} from "../../packages/core/test/support/honest-script.ts";
import { makeProject } from "../../packages/core/test/support/sample-project.ts";
import { writeStandIn } from "../../packages/providers/test/support/stand-in.ts";
import { filesHolding } from "../support/files-holding.ts";
import { recordedSession } from "../support/recorded-session.ts";
import { resultOf, runPm, spawnPm } from "../support/run-pm.ts";
import { tempFolder } from "../support/temp-folder.ts";

const SUBTASKS = {
  subtasks: [
    { id: "S1", title: "Fix", instructions: "Change slug.", requirements: ["R1"], depends_on: [] },
    { id: "S2", title: "Test", instructions: "Test it.", requirements: ["R1"], depends_on: ["S1"] },
  ],
};
const SETTINGS = JSON.stringify({ task_limits: { files: 20 } });

/** Answers the planning phases, the first of them only when asked again, and edits files: `more` is code of S2. */
const honestAgent = (more = "") => `
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
const answers = ${JSON.stringify({
  REQUIREMENT_ANALYSIS: REQUIREMENTS,
  TASK_DECOMPOSITION: SUBTASKS,
  PLANNING: { ...PLAN, scope: ["**"] },
})};
const phase = process.env.PM_PHASE;
init();
if (phase !== "EXECUTION") {
  const first = phase === "REQUIREMENT_ANALYSIS" && !prompt.includes("could not be used");
  result({ structured_output: first ? { nonsense: true } : answers[phase] });
} else {
  assistant("m1", { type: "tool_use", id: "t1", name: "Bash", input: { command: "edit" } });
  if (process.env.PM_SUBTASK_ID === "S1") {
    writeFileSync("src/slug.js", ${JSON.stringify(FIXED_SLUG)});
    result();
  } else {
    writeFileSync("test/empty.test.js", ${JSON.stringify(NEW_TEST)});
    ${more === "" ? "result();" : more}
  }
}`;

const EVERY_KIND_OF_FILE = `
    writeFileSync("src/icon.bin", Buffer.from([0, 255, 254, 10]));
    writeFileSync("src/tool.sh", "#!/bin/sh\\n");
    chmodSync("src/tool.sh", 0o755);
    symlinkSync("slug.js", "src/alias.js");
    renameSync("docs/old.md", "docs/new.md");
    rmSync("docs/gone.md");
    result();`;

function setUp(agent: string) {
  const project = makeProject({
    ".claude/settings.json": SETTINGS,
    "docs/old.md": "# Moved\n",
    "docs/gone.md": "# Gone\n",
  });
  const folder = tempFolder();
  const temp = join(folder, "tmp");
  mkdirSync(temp);
  const env = {
    HOME: folder,
    PM_HOME: join(folder, "home"),
    TMPDIR: temp,
    PM_CLAUDE_BIN: writeStandIn(join(folder, "bin"), agent),
  };
  const recording = join(folder, "recording.json");
  const start = (more: Readonly<Record<string, string>> = {}) =>
    runPm(["start", PROMPT, "--project", project, "--record", recording, "--json"], { ...env, ...more });
  const pm = (...args: string[]) => runPm(args, env);
  /** Without the agent: there is none any more. */
  const offline = (...args: string[]) => runPm(args, { ...env, PM_CLAUDE_BIN: "/nowhere/claude" });
  const left = () => readdirSync(temp).filter((name) => /^pm-(replay|read)/.test(name));
  return { project, folder, env, recording, start, pm, offline, left };
}

const treesOf = (project: string, sessionId: string): unknown[] =>
  readFileSync(join(project, ".pm/sessions", sessionId, "journal.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).event)
    .filter((event) => event.type === "result.captured")
    .map((event) => [event.subtask_id, event.tree]);

describe("a recording of a session of another provider", () => {
  it("is played by replay to the same trees, whatever kinds of files they hold", async () => {
    const { project, recording, start, offline, left } = setUp(honestAgent(EVERY_KIND_OF_FILE));
    const result = resultOf(await start());
    expect(result, JSON.stringify(result.violations)).toMatchObject({ overall_status: "COMPLETE" });
    expect(statSync(recording).mode & 0o777).toBe(0o600);
    const made = JSON.parse(readFileSync(recording, "utf8"));
    expect(made.recorded).toMatchObject({ agent: "claude-code", version: "0.0.0" });
    expect(made.tasks[0].steps).toMatchObject([
      { phase: "REQUIREMENT_ANALYSIS", answer: { nonsense: true } },
      { phase: "REQUIREMENT_ANALYSIS", attempt: 2, answer: REQUIREMENTS },
      { phase: "TASK_DECOMPOSITION" },
      { phase: "PLANNING" },
      { phase: "EXECUTION", subtask: "S1" },
      { phase: "EXECUTION", subtask: "S2" },
    ]);

    const other = makeProject({
      ".claude/settings.json": SETTINGS,
      "docs/old.md": "# Moved\n",
      "docs/gone.md": "# Gone\n",
    });
    const replayed = resultOf(
      await offline("start", PROMPT, "--project", other, "--recording", recording, "--json"),
    );
    expect(replayed.overall_status).toBe("COMPLETE");
    expect(treesOf(other, replayed.session_id)).toEqual(treesOf(project, result.session_id));
    const inOther = (path: string) => join(other, path);
    expect(readFileSync(inOther("src/icon.bin"))).toEqual(Buffer.from([0, 255, 254, 10]));
    expect(lstatSync(inOther("src/tool.sh")).mode & 0o100).toBe(0o100);
    expect(readlinkSync(inOther("src/alias.js"))).toBe("slug.js");
    expect(readdirSync(inOther("docs"))).toEqual(["new.md"]);

    const replay = await offline("replay", result.session_id, "--json");
    expect(replay.code, replay.stderr).toBe(0);
    expect(JSON.parse(replay.stdout)).toEqual({
      session_id: result.session_id,
      same: true,
      tasks: [
        {
          task_id: "task-1",
          prompt: PROMPT,
          recorded: "COMPLETE",
          replayed: "COMPLETE",
          verdict: "same",
          reason: null,
          notes: [],
        },
      ],
    });
    expect(left()).toEqual([]);
  }, 120_000);

  it("holds a key in none of its bytes, where the agent wrote it into a file", async () => {
    const key = "canary-0a1b2c3d4e5f6a7b";
    const { recording, folder, env, start } = setUp(
      honestAgent(`
    writeFileSync("src/config.js", "export const key = " + JSON.stringify("${key}") + ";\\n");
    writeFileSync("src/blob.bin", Buffer.concat([Buffer.from([255]), Buffer.from("${key}")]));
    result();`),
    );
    const result = resultOf(await start({ OPENAI_API_KEY: key }));
    expect(result.violations.map(({ code }) => code)).toContain("E229");
    expect(filesHolding(folder, key).filter((file) => !file.includes("/bin/"))).toEqual([]);
    expect(readFileSync(recording, "utf8")).not.toContain(Buffer.from(key).toString("base64").slice(4, 20));
    expect(JSON.parse(readFileSync(recording, "utf8")).recorded.note).toContain(
      "src/blob.bin, src/config.js",
    );
    const replay = await runPm(["replay", result.session_id, "--json"], { ...env, OPENAI_API_KEY: key });
    expect(JSON.parse(replay.stdout).tasks).toMatchObject([{ verdict: "same", notes: [] }]);
    expect(filesHolding(folder, key).filter((file) => !file.includes("/bin/"))).toEqual([]);
  }, 60_000);
});

describe("pm replay", () => {
  it("comes to ERROR again where an agent failed", async () => {
    const { recording, start, offline } = setUp(
      honestAgent('writeFileSync("half.txt", "x"); process.exit(1);'),
    );
    const run = await start();
    expect(run.code).toBe(1);
    const { session_id } = resultOf(run);
    expect(JSON.parse(readFileSync(recording, "utf8")).tasks[0].steps[5].ended).toMatchObject({
      exit_code: 1,
    });
    const replay = await offline("replay", session_id, "--json");
    expect(JSON.parse(replay.stdout).tasks).toMatchObject([
      { recorded: "ERROR", replayed: "ERROR", verdict: "same", notes: [] },
    ]);
    expect(replay.code).toBe(0);
  }, 60_000);

  it("accepts again what a person accepted, and nothing where nobody did", async () => {
    const denied = 'result({ permission_denials: [{ tool_name: "WebFetch", tool_use_id: "d1" }] });';
    const { start, pm, offline } = setUp(honestAgent(denied));
    const { session_id, overall_status } = resultOf(await start());
    expect(overall_status).toBe("INCOMPLETE");
    const before = await offline("replay", session_id, "--json");
    expect(JSON.parse(before.stdout).tasks).toMatchObject([
      { recorded: "INCOMPLETE", replayed: "INCOMPLETE", verdict: "same", notes: [] },
    ]);
    await pm("approve", session_id, "--yes");
    expect(resultOf(await pm("continue", session_id, "--json")).overall_status).toBe("COMPLETE");
    const after = await offline("replay", session_id, "--json");
    expect(JSON.parse(after.stdout).tasks).toMatchObject([
      { recorded: "COMPLETE", replayed: "COMPLETE", verdict: "same", notes: [] },
    ]);
  }, 120_000);

  it("plays each task of a session on what it started from", async () => {
    const { project, pm, offline } = setUp(honestAgent());
    const tasks = ["--task", PROMPT, "--task", "And once more, please"];
    const { session_id, tasks: recorded } = resultOf(
      await pm("start", ...tasks, "--project", project, "--json"),
    );
    // The second has nothing left to do, on the tree that the first one landed.
    expect(recorded.map(({ status }) => status)).toEqual(["COMPLETE", "NO_EVIDENCE"]);
    const replay = await offline("replay", session_id, "--json");
    expect(JSON.parse(replay.stdout).tasks).toMatchObject([
      { replayed: "COMPLETE", verdict: "same", notes: [] },
      { replayed: "NO_EVIDENCE", verdict: "same", notes: [] },
    ]);
  }, 120_000);

  it("says where it differs first, and touches neither the project nor its session", async () => {
    const session = recordedSession({ "node_modules/dep.js": "" });
    const { project, pm, startArgs } = session;
    writeFileSync(join(project, "test/machine.test.js"), MACHINE_TEST);
    const { session_id, overall_status } = resultOf(await pm(startArgs));
    expect(overall_status).toBe("COMPLETE");
    // What the tests need is no longer installed as it was.
    writeFileSync(join(project, "node_modules/dep.js"), "process.exit(1);");
    const files = () => readdirSync(project, { recursive: true }).map(String).sort();
    const before = files();
    const replay = await pm(["replay", session_id]);
    expect(replay.code).toBe(1);
    expect(replay.stdout).toContain("NOT THE SAME");
    expect(replay.stdout).toMatch(/different: COMPLETE on record, replayed \w+/);
    expect(replay.stdout).toMatch(/COMPLETION_VALIDATION failed instead of passed \(E\d{3}/);
    expect(files()).toEqual(before);
    expect((await pm(["verify", session_id])).code).toBe(0);
  }, 60_000);

  it("says of a session that has not ended why there is nothing to compare", async () => {
    const { pm, startArgs, env } = recordedSession({}, { EXECUTION: 5_000 });
    const { child, printed, ended } = spawnPm(startArgs, env);
    await printed("EXECUTION started");
    child.kill("SIGINT");
    const { session_id } = resultOf(await ended);
    const replay = await pm(["replay", session_id]);
    expect(replay.code).toBe(1);
    expect(replay.stdout).toContain("not comparable: INCOMPLETE");
    expect(replay.stdout).toContain("it has not ended, it stands at EXECUTION");
  }, 60_000);

  it("refuses evidence that was altered, and a session in which nothing ran", async () => {
    const { pm, startArgs, project } = recordedSession();
    const { session_id, evidence_path } = resultOf(await pm(startArgs));
    appendFileSync(join(evidence_path, "executor_runs.jsonl"), "{}\n");
    const altered = await pm(["replay", session_id, "--json"]);
    expect([altered.code, JSON.parse(altered.stdout).error.code]).toEqual([1, "E310"]);
    const opened = resultOf(await pm(["start", "--project", project, "--json"]));
    const nothing = await pm(["replay", opened.session_id, "--json"]);
    expect([nothing.code, JSON.parse(nothing.stdout).error.code]).toEqual([1, "E523"]);
    const unknown = await pm(["replay", "session-zzz", "--json"]);
    expect([unknown.code, JSON.parse(unknown.stdout).error.code]).toEqual([1, "E203"]);
  }, 60_000);

  it("leaves nothing behind after Ctrl-C", async () => {
    const { start, env, left } = setUp(honestAgent());
    const { session_id } = resultOf(await start());
    const { child, printed, ended } = spawnPm(["replay", session_id], env);
    await printed("PLANNING started");
    child.kill("SIGINT");
    const run = await ended;
    expect(run.code, run.stderr).toBe(130);
    expect(run.stdout).toContain("the replay was interrupted");
    expect(left()).toEqual([]);
  }, 60_000);
});

describe("--record", () => {
  it("keeps what there is after an interruption, beside a result that is not changed by it", async () => {
    const { startArgs, env, folder } = recordedSession({}, { EXECUTION: 5_000 });
    const recording = join(folder, "made.json");
    const { child, printed, ended } = spawnPm([...startArgs, "--record", recording], env);
    await printed("EXECUTION started");
    child.kill("SIGINT");
    const run = await ended;
    expect(run.code).toBe(130);
    expect(resultOf(run).overall_status).toBe("INCOMPLETE");
    const phases = JSON.parse(readFileSync(recording, "utf8")).tasks[0].steps.map(
      ({ phase }: { phase: string }) => phase,
    );
    expect(phases).toEqual(["REQUIREMENT_ANALYSIS", "TASK_DECOMPOSITION", "PLANNING"]);
  }, 60_000);

  it.each([
    ["a folder", ["--record", "."], /is a directory/],
    ["a place that is not there", ["--record", "/nowhere/at/all.json"], /can't be written/],
    ["a task that is only queued", ["--record", "r.json", "--detach"], /--detach/],
  ])("is refused for %s before anything runs", async (_, args, words) => {
    const { pm, startArgs, sessions } = recordedSession();
    const run = await pm([...startArgs, ...args]);
    const { error } = JSON.parse(run.stdout);
    expect([run.code, error.code]).toEqual([2, "E115"]);
    expect(error.message).toMatch(words);
    expect(sessions()).toEqual([]);
  });

  it("makes a run that ended well exit 1 where the file could not be kept", async () => {
    const { startArgs, env, folder } = recordedSession({}, 200);
    const place = join(folder, "place");
    mkdirSync(place);
    const { printed, ended } = spawnPm([...startArgs, "--record", join(place, "r.json")], env);
    await printed("QA started");
    mkdirSync(join(place, "r.json"));
    const run = await ended;
    expect(resultOf(run).overall_status).toBe("COMPLETE");
    expect(run.stderr).toContain("r.json");
    expect(run.code).toBe(1);
  }, 60_000);
});

/** Passes or fails by something that is no part of the repository. */
const MACHINE_TEST = `import { execFileSync } from "node:child_process";
import { test } from "node:test";

test("what is installed works", () => void execFileSync(process.execPath, ["node_modules/dep.js"]));
`;
