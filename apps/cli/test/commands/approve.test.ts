import { type RunControl, RunnerError } from "@pm/core";
import { describe, expect, it } from "vitest";
import { approvalView, executionResult, violation, waitingEngine } from "../fake-engine.ts";
import { journal } from "../progress/sample-events.ts";
import { runPm } from "../run-pm.ts";

const views = [approvalView(), approvalView({ digest: "d2", taskId: "task-2", effect: "rerun" })];
const terminal = (text: string) => ({ tty: true, stdin: { kind: "terminal" as const, text } });

describe("pm approve", () => {
  it("approves all that can be approved without a terminal, and says what is next", async () => {
    const { parts, approved } = waitingEngine(views);
    const run = await runPm(["approve", "session-1a", "--note", "wanted"], parts);
    expect(run.code).toBe(0);
    expect(approved).toEqual([
      { digest: "d1", note: "wanted" },
      { digest: "d2", note: "wanted" },
    ]);
    expect(run.out).toContain("Next       pm continue session-1a");
  });

  it("prints exactly the result with --json", async () => {
    const { out } = await runPm(["approve", "session-1a", "--json"], waitingEngine(views).parts);
    expect(JSON.parse(out)).toEqual(
      executionResult({ overall_status: "INCOMPLETE", next_action: "pm continue session-1a" }),
    );
  });

  it("shows all of it on a terminal, harmless, and asks", async () => {
    const { parts, approved } = waitingEngine([
      approvalView({
        violations: [{ ...violation, message: "evil\x1b[2K\rgood", paths: ["a\u202etxt.exe"] }],
        files: Array.from({ length: 60 }, (_, index) => ({
          path: `src/${index}.ts`,
          added: 1,
          deleted: null,
        })),
      }),
    ]);
    const run = await runPm(["approve", "session-1a"], parts, terminal("y\n"));
    expect(run.code).toBe(0);
    expect(approved).toEqual([{ digest: "d1" }]);
    const shown = run.err.replace(/\x1b\[\d+m/g, "");
    expect(shown).toContain("evil\n    good");
    expect(shown).toContain("atxt.exe");
    for (let index = 0; index < 60; index++) expect(shown).toContain(`src/${index}.ts`);
    expect(shown).not.toMatch(/[\x1b\u202e\r]/);
  });

  it.each(["n\n", "\n", "", "yep\n", "no\n"])(
    "takes %j for a no, approves nothing and exits 1",
    async (answer) => {
      const { parts, approved } = waitingEngine(views);
      const run = await runPm(["approve", "session-1a"], parts, terminal(answer));
      expect(approved).toEqual([]);
      expect(run.err).toContain("Not approved.");
      expect(run.code).toBe(1);
    },
  );

  it("asks nothing with --yes", async () => {
    const { parts, approved } = waitingEngine(views);
    const run = await runPm(["approve", "session-1a", "-y"], parts, terminal(""));
    expect(run.code).toBe(0);
    expect(approved).toHaveLength(2);
  });

  it("fails with E207 where nothing can be approved", async () => {
    const run = await runPm(["approve", "session-1a"], waitingEngine([]).parts);
    expect(run.err).toContain("E207");
    expect(run.code).toBe(1);
  });

  it("does not turn in circles where an approval changes nothing", async () => {
    const { parts } = waitingEngine(views);
    const run = await runPm(["approve", "session-1a"], {
      ...parts,
      approvalView: async () => approvalView(),
    });
    expect(run.code).toBe(0);
  });

  it("passes on that what was shown has changed since", async () => {
    const { parts } = waitingEngine(views);
    const approve = async () => {
      throw new RunnerError("E208", { id: "session-1a" });
    };
    expect((await runPm(["approve", "session-1a"], { ...parts, approve })).err).toContain("E208");
  });
});

describe("pm continue", () => {
  it("without a terminal names pm approve", async () => {
    const { parts, approved } = waitingEngine(views);
    const run = await runPm(["continue", "session-1a"], parts);
    expect(run.err).toMatch(/^E205 [^\n]*\n {2}Fix: Run: pm approve session-1a\n$/);
    expect(run.code).toBe(1);
    expect(approved).toEqual([]);
  });

  it("on a terminal shows what would be approved, asks, and goes on", async () => {
    const { parts, approved, continued } = waitingEngine([approvalView()]);
    const run = await runPm(["continue", "session-1a"], parts, terminal("y\n"));
    expect(run.err).toContain("Approval for session-1a, task-1");
    expect(approved).toEqual([{ digest: "d1" }]);
    expect(continued()).toBe(1);
    expect(run.code).toBe(0);
  });

  it("on a terminal says why it asks again where an approval was not used in time", async () => {
    const { parts } = waitingEngine([approvalView()]);
    const expired = "2026-01-02T00:00:00.000Z";
    const continueSession = async () => {
      throw new RunnerError("E205", { id: "session-1a", reason: "QA failed", expired });
    };
    const run = await runPm(["continue", "session-1a"], { ...parts, continueSession }, terminal("n\n"));
    expect(run.err).toContain(`What you approved was not used by ${expired}`);
  });

  it("on a terminal changes nothing after a no", async () => {
    const { parts, approved, continued } = waitingEngine([approvalView()]);
    const run = await runPm(["continue", "session-1a"], parts, terminal("n\n"));
    expect(run.err).toContain("E205");
    expect(run.code).toBe(1);
    expect(approved).toEqual([]);
    expect(continued()).toBe(0);
  });

  it("adds tasks, and takes none from a pipe by accident", async () => {
    const seen: unknown[] = [];
    const continueSession = async (input: { tasks?: readonly { prompt: string }[] }) => {
      seen.push(input.tasks?.map((task) => task.prompt));
      return executionResult();
    };
    const status = async () => executionResult();
    const stdin = { kind: "pipe" as const, text: "loop input" };
    await runPm(["continue", "session-1a", "--task", "more"], { continueSession, status }, { stdin });
    await runPm(["continue", "session-1a"], { continueSession, status }, { stdin });
    expect(seen).toEqual([["more"], undefined]);
  });

  it("names the task that it goes on with, though its submission is not told again", async () => {
    const engine = {
      status: async () => executionResult(),
      continueSession: async ({ onEvent }: RunControl) => {
        onEvent?.(journal({ type: "phase.started", task_id: "task-1", phase: "QA", attempt: 2 }));
        return executionResult();
      },
    };
    const { err } = await runPm(["continue", "session-1a"], engine);
    expect(err).toBe("Task 1: Add a flag\n  QA started (attempt 2)\n");
  });
});
