import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { createBlobReader } from "../../src/evidence/blobs.ts";
import { blobsOfEvent } from "../../src/evidence/blobs-of-event.ts";
import { readJournal } from "../../src/evidence/read-journal.ts";
import { sessionLayout } from "../../src/project/layout.ts";
import { createEngine } from "../../src/runner/create-engine.ts";
import type { TaskInput } from "../../src/runner/engine.ts";
import { newSessionId } from "../../src/runner/system-ports.ts";
import { type TaskView, taskViewSchema } from "../../src/runner/task-view.ts";
import { toTaskView } from "../../src/runner/to-task-view.ts";
import { FIXED_SLUG, HONEST, NEW_TEST, PROMPT, REQUIREMENTS } from "../support/honest-script.ts";
import { makeProject } from "../support/sample-project.ts";
import { createScriptedProvider, type Script } from "../support/scripted-provider.ts";

const made: string[] = [];
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

const TASK: TaskInput = { prompt: PROMPT, kind: "change", scope: [], checks: [], ref: "mine" };

function setUp(script: Script) {
  const project = makeProject({});
  const home = mkdtempSync(join(tmpdir(), "pm-home-"));
  made.push(project, home);
  const provider = createScriptedProvider(script);
  const engine = createEngine({ home, version: "1.2.3", providers: () => provider });
  const sessionId = newSessionId();
  const { dir, journal } = sessionLayout(project, sessionId);
  return {
    ...{ project, engine, sessionId, dir, journal },
    run: (task: Partial<TaskInput> = {}, signal?: AbortSignal) =>
      engine.start({ project, sessionId, tasks: [{ ...TASK, ...task }], ...(signal && { signal }) }),
    view: async () => taskViewSchema.parse(await engine.taskView(sessionId, "task-1")),
  };
}

const outcomes = (view: TaskView) =>
  view.phases.map(({ phase, attempt, outcome }) => `${phase} ${attempt} ${outcome}`);

const standings = (view: TaskView) =>
  view.requirements.map(({ id, standing, checks }) => [id, standing, checks.map((check) => check.standing)]);

/** Signals, and is signalled, from within a run of the agent. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), opened };
}

describe("the view of a task", () => {
  it("shows of a running one what is so far known, and of its interruption that it was one", async () => {
    const [reached, release] = [gate(), gate()];
    const { run, view, engine, sessionId } = setUp({
      ...HONEST,
      EXECUTION: {
        before: async () => {
          reached.open();
          await release.opened;
        },
      },
    });
    const stop = new AbortController();
    const ended = run({ checks: [["node", "--test"]] }, stop.signal);
    await reached.opened;
    const running = await view();
    expect(running).toMatchObject({ status: "INCOMPLETE", phase: "EXECUTION", ended_at: null, change: null });
    expect(outcomes(running).at(-1)).toBe("EXECUTION 1 running");
    expect(running.runs.at(-1)).toMatchObject({ phase: "EXECUTION", ended_at: null, result: null });
    expect(running.violations).toEqual([]);
    expect(standings(running)).toEqual([
      ["person", "unknown", ["unknown"]],
      ["R1", "unknown", ["unknown"]],
    ]);
    expect(running.requirements[1]?.checks[0]?.observations).toMatchObject([{ on: "base", passed: false }]);
    stop.abort();
    release.open();
    await ended;
    const after = await view();
    expect(outcomes(after).at(-1)).toBe("EXECUTION 1 interrupted");
    expect(after.violations).toEqual((await engine.status(sessionId)).violations);
    expect(after.violations.length).toBeGreaterThan(0);
  });

  it("shows of a COMPLETE one what proves each requirement, and its blobs can be read", async () => {
    const { engine, sessionId, run, view, journal, dir } = setUp(HONEST);
    await run({ checks: [["node", "--test"]] });
    const shown = await view();
    expect(shown).toMatchObject({
      ...{
        session_id: sessionId,
        task_id: "task-1",
        ref: "mine",
        status: "COMPLETE",
        phase: null,
        attempt: 1,
      },
      ...{ landed: true, cancelled: false, cost_usd: 2, pm_version: "1.2.3", violations: [], waived: [] },
      person_checks: [["node", "--test"]],
    });
    expect(outcomes(shown)).toHaveLength(7);
    expect(outcomes(shown).every((line) => line.endsWith("1 passed"))).toBe(true);
    expect(standings(shown)).toEqual([
      ["person", "proven", ["counts"]],
      ["R1", "proven", ["counts"]],
    ]);
    const [check] = shown.requirements[1]?.checks ?? [];
    expect(check?.what).toBe("node --test test/empty.test.js");
    expect(check?.observations.map(({ on, passed }) => [on, passed])).toEqual([
      ["base", false],
      ["result", true],
      ["proof", false],
      ["hollow", false],
      ["jumbled", false],
      ["altered", false],
    ]);
    for (const { command, on } of check?.observations ?? [])
      expect(shown.commands.find(({ seq }) => seq === command)).toMatchObject({
        id: "C1",
        on,
        purpose: "check",
      });
    expect(shown.change?.files.map(({ path, status }) => [path, status])).toEqual([
      ["src/slug.js", "modified"],
      ["test/empty.test.js", "added"],
    ]);
    const report = await engine.evidence(sessionId, shown.report?.sha256 ?? "");
    expect(report.ref).toEqual(shown.report);
    expect(report.content.toString()).toContain("COMPLETE");
    const named = readJournal(journal).lines.flatMap(({ event }) => blobsOfEvent(event));
    for (const ref of named)
      expect((await engine.evidence(sessionId, ref.sha256)).content).toEqual(createBlobReader(dir).get(ref));
  });

  it("is one of its schema, names only blobs of the journal, and says less, never more, at every line before", async () => {
    const { run, journal, dir, sessionId } = setUp(HONEST);
    await run({ checks: [["node", "--test"]] });
    const { lines } = readJournal(journal);
    const blobs = createBlobReader(dir);
    const read = (ref: Parameters<typeof blobs.get>[0]) => blobs.get(ref).toString("utf8");
    let runs = 0;
    for (let length = 0; length <= lines.length; length += 1) {
      const prefix = lines.slice(0, length);
      for (const held of [true, false]) {
        const view = toTaskView(sessionId, { lines: prefix, read }, "task-1", held);
        if (view === null) {
          expect(prefix.some(({ event }) => event.type === "task.submitted")).toBe(false);
          continue;
        }
        expect(() => taskViewSchema.parse(view)).not.toThrow();
        expect(view.status === "COMPLETE").toBe(length === lines.length);
        expect(view.phases.some(({ outcome }) => outcome === (held ? "interrupted" : "running"))).toBe(false);
        const looked = view.phases.some(({ phase, outcome }) => phase === "QA" && outcome === "passed");
        expect(view.requirements.every(({ standing }) => (standing === "unknown") === !looked)).toBe(true);
        const known = JSON.stringify(
          prefix.flatMap(({ event }) => blobsOfEvent(event).map((ref) => ref.sha256)),
        );
        for (const [, sha256 = "?"] of JSON.stringify(view).matchAll(/"sha256":"([0-9a-f]+)"/g))
          expect(known).toContain(sha256);
        expect(view.runs.length).toBeGreaterThanOrEqual(runs);
        runs = view.runs.length;
      }
    }
  });

  it("keeps both attempts of one that was run again, and judges the one that counts", async () => {
    let good = false;
    const { engine, run, view, sessionId } = setUp({
      ...HONEST,
      EXECUTION: () => ({
        writes: {
          "src/slug.js": good ? FIXED_SLUG : "export const slug = () => 1;\n",
          "test/empty.test.js": NEW_TEST,
        },
      }),
    });
    await run();
    const failed = await view();
    expect(failed).toMatchObject({ status: "INCOMPLETE", attempt: 1 });
    expect(failed.violations.map(({ code }) => code)).toContain("E223");
    expect(outcomes(failed).slice(-2)).toEqual(["COMPLETION_VALIDATION 1 failed", "REPORT 1 passed"]);
    expect(failed.phases.at(-2)?.reason).toContain("E223");
    expect(standings(failed)).toEqual([["R1", "refuted", ["fails"]]]);
    expect(failed.requirements[0]?.checks[0]?.reason).toContain("C1 does not pass on the result");
    const { digest } = await engine.approvalView(sessionId);
    await engine.approve({ sessionId, digest, note: "once more" });
    good = true;
    await engine.continueSession({ sessionId });
    const shown = await view();
    expect(shown).toMatchObject({ status: "COMPLETE", attempt: 2, violations: [] });
    expect(shown.approvals).toMatchObject([{ effect: "rerun", digest, note: "once more" }]);
    expect(outcomes(shown).filter((line) => line.startsWith("EXECUTION"))).toEqual([
      "EXECUTION 1 passed",
      "EXECUTION 2 passed",
    ]);
    expect(shown.phases.slice(0, failed.phases.length)).toEqual(failed.phases);
    expect(shown.runs.filter(({ phase }) => phase === "EXECUTION").map(({ attempt }) => attempt)).toEqual([
      1, 2,
    ]);
    expect(shown.commands.slice(0, failed.commands.length)).toEqual(failed.commands);
    expect(standings(shown)).toEqual([["R1", "proven", ["counts"]]]);
  });

  it("proves nothing by an answer, and shows the phases that were not asked for", async () => {
    const answer = { kind: "answer", requirements: REQUIREMENTS.requirements, answer: "It throws." };
    const { run, view } = setUp({ ...HONEST, REQUIREMENT_ANALYSIS: { answer } });
    await run({ kind: "answer" });
    const shown = await view();
    expect(outcomes(shown)).toContain("PLANNING 1 skipped");
    expect(shown.phases.find(({ outcome }) => outcome === "skipped")?.reason).toContain("An answer");
    expect(standings(shown)).toEqual([["R1", "unproven", []]]);
  });

  it("shows that a person ended it", async () => {
    const [reached, release] = [gate(), gate()];
    const { run, view, engine, sessionId } = setUp({
      ...HONEST,
      PLANNING: {
        before: async () => {
          reached.open();
          await release.opened;
        },
      },
    });
    const stop = new AbortController();
    const ended = run({}, stop.signal);
    await reached.opened;
    stop.abort();
    release.open();
    await ended;
    await engine.cancel(sessionId);
    const shown = await view();
    expect(shown).toMatchObject({ cancelled: true, phase: null, landed: false, change: null });
    expect(shown.ended_at).not.toBeNull();
    expect(outcomes(shown).at(-1)).toBe("PLANNING 1 interrupted");
    expect(shown.violations.map(({ code }) => code)).toContain("E213");
  });
});

describe("reading evidence", () => {
  it("gives only what the session's own journal names", async () => {
    const { engine, run, sessionId, dir } = setUp(HONEST);
    await run();
    const sha256 = "a".repeat(64);
    writeFileSync(join(dir, "blobs/sha256", sha256), "not of the journal");
    for (const other of [sha256, "../../session.json", ""])
      await expect(engine.evidence(sessionId, other)).rejects.toMatchObject({ code: "E301" });
    await expect(engine.evidence(newSessionId(), sha256)).rejects.toMatchObject({ code: "E203" });
    await expect(engine.taskView(sessionId, "task-2")).rejects.toMatchObject({ code: "E203" });
  });

  it("refuses what was altered, and believes nothing of a damaged journal", async () => {
    const { engine, run, view, sessionId, dir, journal } = setUp(HONEST);
    await run();
    const { report } = await view();
    const sha256 = report?.sha256 ?? "";
    const path = join(dir, "blobs/sha256", sha256.slice(0, 2), sha256);
    expect(existsSync(path)).toBe(true);
    writeFileSync(path, "altered");
    await expect(engine.evidence(sessionId, sha256)).rejects.toMatchObject({ code: "E303" });
    rmSync(path);
    await expect(engine.evidence(sessionId, sha256)).rejects.toMatchObject({ code: "E301" });
    writeFileSync(journal, readFileSync(journal, "utf8").replace('"kind":"change"', '"kind":"answer"'));
    for (const call of [
      () => engine.taskView(sessionId, "task-1"),
      () => engine.journal(sessionId, 0),
      () => engine.evidence(sessionId, sha256),
    ])
      await expect(call()).rejects.toMatchObject({ code: "E302" });
  });

  it("follows a journal line by line, each once", async () => {
    const { engine, run, sessionId, journal } = setUp(HONEST);
    const seen: number[] = [];
    const look = async () => {
      const last = seen.at(-1) ?? 0;
      seen.push(...(await engine.journal(sessionId, last)).map(({ seq }) => seq));
    };
    let running = true;
    const ended = run().finally(() => {
      running = false;
    });
    let looks = 0;
    while (running) {
      const before = seen.length;
      // There is no journal at first.
      await look().catch(() => {});
      if (seen.length > before) looks += 1;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await ended;
    const first = seen.length;
    await look();
    expect(looks).toBeGreaterThan(1);
    const { lines } = readJournal(journal);
    expect(seen).toEqual(lines.map(({ seq }) => seq));
    expect(await engine.journal(sessionId, lines.length)).toEqual([]);
    expect(await engine.journal(sessionId, first)).toEqual(lines.slice(first));
    expect(await engine.journal(sessionId, 0)).toEqual(lines);
  });
});
