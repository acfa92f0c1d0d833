import { RunnerError } from "@pm/core";
import { describe, expect, it } from "vitest";
import { tempFolder } from "../../../../test/support/temp-folder.ts";
import type { ReplayReport } from "../../src/recordings/replay-report.ts";
import { executionResult, waitingEngine } from "../fake-engine.ts";
import { runPm } from "../run-pm.ts";

describe("--record", () => {
  function recorder() {
    const kept: { sessionId: string; path: string }[] = [];
    const record = async (_: unknown, sessionId: string, path: string) => {
      kept.push({ sessionId, path });
      return path;
    };
    return { kept, services: { record } };
  }

  it("keeps a session that was continued, and says so on stderr alone", async () => {
    const path = `${tempFolder()}/r.json`;
    const { kept, services } = recorder();
    const { parts } = waitingEngine([]);
    const run = await runPm(["continue", "session-1a", "--record", path, "--json"], parts, { services });
    expect(run.code).toBe(0);
    expect(kept).toEqual([{ sessionId: "session-1a", path }]);
    expect(run.err).toContain(`Recorded in ${path}`);
    expect(JSON.parse(run.out)).toEqual(executionResult());
  });

  it("keeps a session whatever its status, and the exit code stays the status's", async () => {
    const { kept, services } = recorder();
    const start = async () => executionResult({ overall_status: "NO_EVIDENCE" });
    const args = ["start", "x", "--record", `${tempFolder()}/r.json`, "--quiet"];
    const run = await runPm(args, { start }, { services });
    expect([run.code, kept.length, run.err]).toEqual([4, 1, ""]);
  });

  it("prints the result, then why there is no recording, and exits 1 where all else went well", async () => {
    const record = async () => {
      throw new RunnerError("E523", { session: "session-1a", reason: "its trees are gone" });
    };
    const args = ["start", "x", "--record", `${tempFolder()}/r.json`, "--json"];
    const run = await runPm(args, { start: async () => executionResult() }, { services: { record } });
    expect(run.code).toBe(1);
    expect(JSON.parse(run.out)).toEqual(executionResult());
    expect(run.err).toContain("E523");
  });
});

describe("pm replay", () => {
  const report = (change: Partial<ReplayReport["tasks"][number]> = {}): ReplayReport => {
    const task = {
      task_id: "task-1",
      prompt: "Add a \x1b[31mflag",
      recorded: "COMPLETE",
      replayed: "COMPLETE",
      verdict: "same",
      reason: null,
      notes: [],
      ...change,
    } as const;
    return { session_id: "session-1a", same: task.verdict === "same", tasks: [task] };
  };
  const replay = (answer: ReplayReport, ...args: string[]) =>
    runPm(["replay", "session-1a", ...args], {}, { services: { replay: async () => answer } });

  it("exits 0 where all is the same", async () => {
    const { code, out } = await replay(report({ notes: ["the result is another tree"] }));
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "SAME  session-1a
      Replayed from its evidence, it comes to the status that is on record.

        task-1  same: COMPLETE
          Add a flag
          Note: the result is another tree
      "
    `);
  });

  it("exits 1 where something differs, and says what", async () => {
    const differs = {
      replayed: "ERROR",
      verdict: "different",
      reason: "QA failed instead of passed",
    } as const;
    const { code, out } = await replay(report(differs));
    expect(code).toBe(1);
    expect(out).toMatchInlineSnapshot(`
      "NOT THE SAME  session-1a
      Replayed from its evidence, it does not come to what is on record, or can't be compared.

        task-1  different: COMPLETE on record, replayed ERROR
          Add a flag
          QA failed instead of passed
      "
    `);
  });

  it("exits 1 where there was nothing to compare, and prints the report as it is with --json", async () => {
    const answer = report({ replayed: null, verdict: "not comparable", reason: "it was cancelled" });
    const { code, out } = await replay(answer, "--json");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual(answer);
  });
});
