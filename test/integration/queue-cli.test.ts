/** The built `pm` and its queue: front ends of one namespace share it, and what a worker runs is as good as `pm start`. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FIXED_SLUG, PROMPT } from "../../packages/core/test/support/honest-script.ts";
import { type Emulator, startDynalite } from "../../packages/queue/test/dynamodb/support/start-dynalite.ts";
import { type RecordedSession, recordedSession } from "../support/recorded-session.ts";
import { LAUNCHER, type PmRun, resultOf, runPm, spawnPm } from "../support/run-pm.ts";
import { tempFolder } from "../support/temp-folder.ts";

const requireOfQueue = createRequire(new URL("../../packages/queue/package.json", import.meta.url));
const { DatabaseSync } = requireOfQueue("@photostructure/sqlite") as {
  DatabaseSync: new (path: string) => { exec(sql: string): void; close(): void };
};

const source = (project: string) => readFileSync(join(project, "src/slug.js"), "utf8");
const detached = ({ startArgs }: RecordedSession) => [...startArgs, "--detach"];

interface Listed {
  readonly task_id: string;
  readonly state: string;
  readonly session: { readonly session_id: string } | null;
}
const listOf = (run: PmRun) => (JSON.parse(run.stdout) as { tasks: Listed[] }).tasks;
const states = async ({ pm }: Pick<RecordedSession, "pm">, ...args: string[]) =>
  listOf(await pm(["tasks", "--json", ...args])).map(({ state }) => state);

describe("one namespace", () => {
  it("shows a running pm start to every other pm, with its end", async () => {
    const session = recordedSession({}, 400);
    const started = spawnPm(session.startArgs, session.env);
    await started.printed("REQUIREMENT_ANALYSIS started");
    expect(await states(session)).toEqual(["RUNNING"]);
    const status = JSON.parse((await session.pm(["queue", "status", "--json"])).stdout);
    expect(status).toMatchObject({ engine: "sqlite", counts: { RUNNING: 1 }, running: [{ task_id: /./ }] });
    expect(await started.ended).toMatchObject({ code: 0 });
    const [task] = listOf(await session.pm(["tasks", "--json"]));
    expect(task).toMatchObject({ state: "COMPLETE", session: { session_id: session.sessions()[0] } });
  }, 60_000);

  it.each([
    ["a pipe", 'printf %s "$PROMPT" | "$@"'],
    ["a socket", '"$@"'],
  ])("takes a task, or lines for the REPL, from %s on standard input", (_, script) => {
    const session = recordedSession();
    const env = { PATH: process.env.PATH, ...session.env };
    const pm = (args: readonly string[], input: string) =>
      spawnSync("sh", ["-c", script, "sh", process.execPath, LAUNCHER, ...args], {
        ...{ cwd: session.project, encoding: "utf8", input },
        env: { ...env, PROMPT: input },
      });
    const [, , ...options] = session.startArgs;
    const started = pm(["start", ...options], PROMPT);
    expect(started.stderr).not.toContain("E121");
    expect(JSON.parse(started.stdout)).toMatchObject({ overall_status: "COMPLETE" });
    const provider = options[options.indexOf("--recording") + 1];
    const lines = pm(["repl"], `/provider replay:${provider}\n/start\n/status\n`);
    expect(`${lines.stdout}${lines.stderr}`).not.toMatch(/E\d{3}/);
    expect(lines).toMatchObject({ status: 0, stdout: expect.stringContaining("has no task yet") });
  });

  it("takes what pm start --detach submits to a worker that runs it to COMPLETE", async () => {
    const session = recordedSession();
    const submitted = await session.pm(detached(session));
    expect(submitted).toMatchObject({ code: 3, stderr: "" });
    const result = resultOf(submitted);
    expect(result).toMatchObject({
      overall_status: "INCOMPLETE",
      next_action: `pm worker --project ${session.project}`,
      violations: [{ code: "E442" }],
    });
    expect(session.sessions()).toEqual([]);
    expect(listOf(await session.pm(["tasks", result.session_id, "--json"]))).toMatchObject([
      { task_id: `${result.session_id}.1`, state: "QUEUED" },
    ]);
    const worker = await session.pm(["worker", "--once", "--project", session.project]);
    expect(worker).toMatchObject({ code: 0, stderr: "" });
    expect(worker.stdout).toMatch(
      /started: .*\n(.*\n)*.* PLANNING\n(.*\n)*.* COMPLETE {2}2 files changed\.\n/,
    );
    expect(source(session.project)).toBe(FIXED_SLUG);
    expect(resultOf(await session.pm(["status", result.session_id, "--json"])).overall_status).toBe(
      "COMPLETE",
    );
    expect((await session.pm(["verify", result.session_id])).code).toBe(0);
  }, 60_000);

  it("sees nothing of another one", async () => {
    const session = recordedSession();
    await session.pm([...detached(session), "--namespace", "dev"]);
    expect(await states(session)).toEqual([]);
    expect(await states(session, "--namespace", "dev")).toEqual(["QUEUED"]);
    await session.pm(["worker", "--once", "--project", session.project]);
    expect(session.sessions()).toEqual([]);
    const worker = await session.pm(["worker", "--once", "--project", session.project, "--namespace", "dev"]);
    expect(worker.code).toBe(0);
    expect(await states(session, "--namespace", "dev")).toEqual(["COMPLETE"]);
    const [id = ""] = session.sessions();
    expect((await session.pm(["status", id])).stderr).toContain("E448");
    expect((await session.pm(["status", id, "--namespace", "dev"])).code).toBe(0);
  }, 60_000);

  it("shows what came of a task that was cancelled while it waited, and no worker takes it", async () => {
    const session = recordedSession();
    const { session_id: id } = resultOf(await session.pm(detached(session)));
    expect((await session.pm(["cancel", id])).code).toBe(0);
    expect(await states(session)).toEqual(["CANCELLED"]);
    expect((await session.pm(["worker", "--once", "--project", session.project])).code).toBe(0);
    expect(session.sessions()).toEqual([]);
  }, 60_000);

  it("keeps a task that Ctrl-C stopped for pm continue", async () => {
    const session = recordedSession({}, 400);
    const { child, printed, ended } = spawnPm(session.startArgs, session.env);
    await printed("TASK_DECOMPOSITION started");
    child.kill("SIGINT");
    const first = resultOf(await ended);
    expect(await states(session)).toEqual(["AWAITING_APPROVAL"]);
    for (let next = first.next_action, step = 0; next !== null && step < 5; step += 1) {
      const [, ...args] = next.split(" ");
      next = resultOf(await session.pm([...args, "--json"])).next_action;
    }
    expect(await states(session)).toEqual(["COMPLETE"]);
    expect(source(session.project)).toBe(FIXED_SLUG);
  }, 60_000);

  it.each([
    ["that is stopped", ["SIGTERM", "SIGTERM"]],
    ["that is killed", ["SIGKILL"]],
  ] as const)(
    "gets a task back from a worker %s, and it goes on where it was",
    async (_, signals) => {
      const session = recordedSession({}, 400);
      await session.pm(detached(session));
      const once = ["worker", "--once", "--project", session.project];
      const { child, ended } = spawnPm(["worker", "--project", session.project], session.env);
      let printed = "";
      await new Promise<void>((resolve) => {
        child.stdout.on("data", (chunk) => {
          printed += chunk;
          if (printed.includes(" PLANNING")) resolve();
        });
      });
      for (const signal of signals) child.kill(signal);
      const worker = await ended;
      const killed = signals[0] === "SIGKILL";
      expect(worker.code, worker.stderr).toBe(killed ? null : 0);
      const next = await session.pm(once);
      expect(next.code, next.stderr).toBe(0);
      if (killed) expect(next.stdout).toContain("taken over: ");
      const [id = ""] = session.sessions();
      // What was cut short in the middle of an agent's run needs a person's word; else it has gone on by itself.
      if ((await states(session))[0] === "AWAITING_APPROVAL") {
        expect((await session.pm(["approve", id, "--yes"])).code).toBe(0);
        expect(await states(session)).toEqual(["QUEUED"]);
        expect((await session.pm(once)).code).toBe(0);
      }
      expect(await states(session)).toEqual(["COMPLETE"]);
      expect(session.sessions()).toEqual([id]);
      expect((await session.pm(["verify", id])).code).toBe(0);
    },
    60_000,
  );
});

describe("a queue file", () => {
  const fileOf = ({ folder }: RecordedSession) => join(folder, "home/namespaces/default/queue.db");

  async function expectRefused(session: RecordedSession, code: string): Promise<void> {
    const before = readFileSync(fileOf(session));
    for (const args of [detached(session), ["tasks", "--json"], ["queue", "status", "--json"]]) {
      const run = await session.pm(args);
      expect(run.code).toBe(1);
      expect(JSON.parse(run.stdout).error).toMatchObject({ code, hint: expect.stringMatching(/./) });
    }
    expect(readFileSync(fileOf(session)).equals(before)).toBe(true);
  }

  it("that is damaged is E423, and left as it is", async () => {
    const session = recordedSession();
    mkdirSync(dirname(fileOf(session)), { recursive: true });
    writeFileSync(fileOf(session), Buffer.alloc(8192, "damage"));
    await expectRefused(session, "E423");
  }, 60_000);

  it("of a newer pm is E424, and left as it is", async () => {
    const session = recordedSession();
    await session.pm(["queue", "create"]);
    const db = new DatabaseSync(fileOf(session));
    db.exec("PRAGMA user_version = 999; PRAGMA wal_checkpoint(TRUNCATE)");
    db.close();
    await expectRefused(session, "E424");
  }, 60_000);

  it("that can't be written is E422 for what writes, and can be read all the same", async () => {
    const session = recordedSession();
    await session.pm(detached(session));
    const folder = dirname(fileOf(session));
    const before = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
    // A file system that is mounted read-only stops root too.
    const pm = (...args: string[]) =>
      spawnSync(
        "bwrap",
        ["--dev-bind", "/", "/", "--ro-bind", folder, folder, "--", process.execPath, LAUNCHER, ...args],
        { env: { PATH: process.env.PATH, ...session.env }, encoding: "utf8" },
      );
    const refused = JSON.parse(pm(...detached(session)).stdout).error;
    expect(refused).toMatchObject({ code: "E422", hint: expect.stringContaining("chmod u+w") });
    expect(JSON.parse(pm("tasks", "--json").stdout).tasks).toMatchObject([{ state: "QUEUED" }]);
    expect(readdirSync(folder).map((name) => readFileSync(join(folder, name)))).toEqual(before);
  }, 60_000);
});

describe("DynamoDB", () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startDynalite();
  });
  afterAll(() => emulator.stop());

  it("lets a worker in another folder with another home run what was submitted here", async () => {
    const session = recordedSession();
    const aws = {
      PM_QUEUE: "dynamodb",
      PM_DYNAMODB_ENDPOINT: emulator.endpoint,
      AWS_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    };
    const here = { ...session.env, ...aws };
    const elsewhere = tempFolder();
    const clone = join(elsewhere, "clone");
    execFileSync("git", ["clone", "-q", session.project, clone], { stdio: "pipe" });
    const there = { ...aws, HOME: elsewhere, PM_HOME: join(elsewhere, "home") };

    for (const args of [["tasks"], ["worker", "--project", clone], detached(session)]) {
      const early = await runPm(args, here);
      expect(early.code).toBe(1);
      expect(early.stdout + early.stderr).toMatch(/E430(.|\n)*pm queue create/);
    }
    const created = await runPm(["queue", "create"], here);
    expect(created).toMatchObject({ code: 0, stderr: "" });
    expect(created.stdout).toContain('"dynamodb:Query"');

    const submitted = resultOf(await runPm(detached(session), here));
    expect(submitted.violations).toMatchObject([{ code: "E442" }]);
    const doctor = JSON.parse((await runPm(["doctor", "--json"], there)).stdout);
    expect(doctor.checks).toContainEqual(expect.objectContaining({ name: "queue", outcome: "ok" }));
    const worker = await runPm(["worker", "--once", "--project", clone, "--json"], there);
    expect(worker.code, worker.stdout + worker.stderr).toBe(0);
    expect(worker.stderr).toBe("");
    expect(source(clone)).toBe(FIXED_SLUG);
    expect(source(session.project)).not.toBe(FIXED_SLUG);
    expect(listOf(await runPm(["tasks", "--json"], here))).toMatchObject([{ state: "COMPLETE" }]);
    const status = resultOf(await runPm(["status", submitted.session_id, "--json"], here));
    expect(status.overall_status).toBe("COMPLETE");
    expect((await runPm(["queue", "status"], here)).stdout).toContain("1 COMPLETE");
  }, 90_000);

  it("needs no table for what another namespace has", async () => {
    const session = recordedSession();
    const env = { PM_QUEUE: "dynamodb", PM_DYNAMODB_ENDPOINT: emulator.endpoint, AWS_REGION: "eu-west-1" };
    const aws = { ...env, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
    for (const namespace of ["one", "two"]) {
      expect((await session.pm(["queue", "create", "--namespace", namespace], aws)).code).toBe(0);
    }
    await session.pm([...detached(session), "--namespace", "one"], aws);
    const tasks = async (namespace: string) =>
      listOf(await session.pm(["tasks", "--json", "--namespace", namespace], aws)).length;
    expect([await tasks("one"), await tasks("two")]).toEqual([1, 0]);
  }, 60_000);
});
