/** Signals to the real `pm` process in each phase: nothing survives, nothing is lost, and it goes on. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FIXED_SLUG } from "../../packages/core/test/support/honest-script.ts";
import { SAMPLE_FILES } from "../../packages/core/test/support/sample-project.ts";
import { type RecordedSession, recordedSession } from "../support/recorded-session.ts";
import { resultOf, spawnPm } from "../support/run-pm.ts";

/** Long enough to be caught in the middle of a run, short enough to go on after it. */
const RUN_MS = 300;

/** Processes that name the project: agents, sandboxes and commands all work in a folder of it. */
function processesOf(project: string): string[] {
  return readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(project);
    } catch {
      return false;
    }
  });
}

const source = (project: string) => readFileSync(join(project, "src/slug.js"), "utf8");

/** Types what `next_action` says until it says nothing more. */
async function goOn({ pm }: RecordedSession, first: string | null): Promise<string> {
  let next = first;
  for (let step = 0; step < 5 && next !== null; step++) {
    const [, ...args] = next.split(" ");
    const { overall_status, next_action } = resultOf(await pm([...args, "--json"]));
    if (overall_status === "COMPLETE") return overall_status;
    next = next_action;
  }
  return `stopped at ${next}`;
}

async function expectWholeAndResumable(session: RecordedSession): Promise<void> {
  const [id = ""] = session.sessions();
  expect(processesOf(session.project)).toEqual([]);
  expect(source(session.project)).toBe(SAMPLE_FILES["src/slug.js"]);
  expect((await session.pm(["verify", id])).code).toBe(0);
  const status = resultOf(await session.pm(["status", id, "--json"]));
  expect(status.overall_status).toBe("INCOMPLETE");
  expect(await goOn(session, status.next_action)).toBe("COMPLETE");
  expect(source(session.project)).toBe(FIXED_SLUG);
  expect((await session.pm(["verify", id])).code).toBe(0);
}

const PHASES = ["REQUIREMENT_ANALYSIS", "TASK_DECOMPOSITION", "PLANNING", "EXECUTION", "QA"];

describe("Ctrl-C in a run", () => {
  it.each(PHASES)(
    "in %s kills the agents, closes the journal, exits 130 and says how to go on",
    async (phase) => {
      const session = recordedSession({}, RUN_MS);
      const { child, printed, ended } = spawnPm(session.startArgs, session.env);
      await printed(`${phase} started`);
      child.kill("SIGINT");
      const run = await ended;
      expect(run.code, run.stderr).toBe(130);
      const result = resultOf(run);
      expect(result).toMatchObject({
        overall_status: "INCOMPLETE",
        next_action: expect.stringMatching(/^pm (continue|approve) session-/),
      });
      await expectWholeAndResumable(session);
    },
    60_000,
  );

  it("before the first phase is no different", async () => {
    const session = recordedSession({}, RUN_MS);
    const { child, printed, ended } = spawnPm(session.startArgs, session.env);
    await printed("session-");
    child.kill("SIGINT");
    expect(await ended).toMatchObject({ code: 130 });
    await expectWholeAndResumable(session);
  }, 60_000);

  it("twice ends at once and loses nothing", async () => {
    const session = recordedSession({}, 20_000);
    const { child, printed, ended } = spawnPm(session.startArgs, session.env);
    await printed("REQUIREMENT_ANALYSIS started");
    child.kill("SIGINT");
    await printed("once more ends at once");
    child.kill("SIGINT");
    expect(await ended).toMatchObject({ code: 130 });
    await expect.poll(() => processesOf(session.project), { timeout: 5_000 }).toEqual([]);
    const [id = ""] = session.sessions();
    expect((await session.pm(["verify", id])).code).toBe(0);
    const { next_action } = resultOf(await session.pm(["status", id, "--json"]));
    expect(next_action).toMatch(/^pm (continue|approve) session-/);
  }, 60_000);
});

describe("other ends of a run", () => {
  it.each(["SIGTERM", "SIGHUP"] as const)(
    "%s is answered as Ctrl-C is",
    async (signal) => {
      const session = recordedSession({}, RUN_MS);
      const { child, printed, ended } = spawnPm(session.startArgs, session.env);
      await printed("PLANNING started");
      child.kill(signal);
      expect(await ended).toMatchObject({ code: 130 });
      await expectWholeAndResumable(session);
    },
    60_000,
  );

  it.each(["REQUIREMENT_ANALYSIS passed", "PLANNING passed", "EXECUTION passed", "QA passed"])(
    "kill -9 after %s leaves no process, and the session goes on",
    async (moment) => {
      const session = recordedSession({}, 100);
      const { child, printed, ended } = spawnPm(session.startArgs, session.env);
      await printed(moment);
      child.kill("SIGKILL");
      await ended;
      await expect.poll(() => processesOf(session.project), { timeout: 5_000 }).toEqual([]);
      const [id = ""] = session.sessions();
      const { next_action } = resultOf(await session.pm(["status", id, "--json"]));
      if (next_action !== null) expect(await goOn(session, next_action)).toBe("COMPLETE");
      expect(source(session.project)).toBe(FIXED_SLUG);
      expect((await session.pm(["verify", id])).code).toBe(0);
    },
    60_000,
  );

  it("a reader of stdout and stderr that went away does not end the run", async () => {
    const session = recordedSession({}, 100);
    const { child, printed, ended } = spawnPm(session.startArgs, session.env);
    await printed("PLANNING started");
    child.stdout.destroy();
    child.stderr.destroy();
    expect(await ended).toMatchObject({ code: 0 });
    expect(source(session.project)).toBe(FIXED_SLUG);
  }, 60_000);
});
