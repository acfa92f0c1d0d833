import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { QueueState, QueueTask } from "@pm/core";
import * as fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { branchOf } from "../../../src/repl/controller/branch-of.ts";
import { createEmitter } from "../../../src/repl/controller/emitter.ts";
import { errorHere, typedHere } from "../../../src/repl/controller/next-step.ts";
import type { ReplView } from "../../../src/repl/controller/repl-controller.ts";
import { createTaskBoard } from "../../../src/repl/controller/task-board.ts";

const STATES: readonly QueueState[] = ["QUEUED", "RUNNING", "AWAITING_APPROVAL", "COMPLETE", "CANCELLED"];

const queueTask = (number: number, state: QueueState, at: number): QueueTask => ({
  ...{
    task_id: `session-a.${number}`,
    group_id: "session-a",
    state,
    project: "/p",
    summary: `task ${number}`,
  },
  ...{ submitted_at: "2026-01-01T00:00:00.000Z", updated_at: new Date(at).toISOString() },
  ...{ session: null, claim: null, fence: 0, deaths: 0, cancel_requested: false, outcome: null },
});

describe("the board of tasks", () => {
  it("holds of each task the newest news, in whatever order they come", () => {
    const news = fc.record({ number: fc.integer({ min: 1, max: 4 }), state: fc.constantFrom(...STATES) });
    void fc.assert(
      fc.property(fc.array(news, { maxLength: 30 }), fc.infiniteStream(fc.nat()), (all, random) => {
        const board = createTaskBoard(() => 0);
        const timed = all.map(({ number, state }, index) => queueTask(number, state, index));
        const shuffled = timed
          .map((task) => ({ task, key: random.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ task }) => task);
        for (const task of shuffled) board.heard(task);
        const newest = new Map(timed.map((task) => [task.task_id, task.state]));
        const shown = [
          ...board.running().map(({ taskId }) => [taskId, "RUNNING"]),
          ...board.waiting().map(({ taskId, state }) => [taskId, state]),
        ];
        const open = [...newest].filter(([, state]) => state !== "COMPLETE" && state !== "CANCELLED");
        expect(new Map(shown as [string, string][])).toEqual(new Map(open));
      }),
    );
  });

  it("keeps three lines of a run, however many events it has", () => {
    const board = createTaskBoard(() => 0);
    board.begin({ taskId: "session-a.1", sessionId: null, prompt: "do it" });
    for (let n = 0; n < 2000; n += 1) {
      const activity = { kind: "text", text: `line ${n}\u0007` } as const;
      board.event("session-a.1", { kind: "activity", taskId: "task-1", runId: "r", activity });
    }
    expect(board.running()).toMatchObject([
      { lastLines: ["line 1997", "line 1998", "line 1999"], here: true },
    ]);
    board.over("session-a.1", null);
    expect(board.running()).toEqual([]);
  });
});

describe("the emitter", () => {
  it("tells views at most 20 times a second, and the last one always", async () => {
    let now = 0;
    const emitter = createEmitter(() => ({ sessionId: String(now) }) as ReplView);
    const seen: string[] = [];
    emitter.onView((view) => seen.push(view.sessionId ?? ""));
    for (now = 1; now < 5000; now += 1) emitter.changed();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(seen).toEqual(["1", "5000"]);
    emitter.changed();
    now = 7000;
    emitter.changed();
    emitter.close();
    expect(seen.at(-1)).toBe("7000");
  });
});

describe("branchOf", () => {
  it("finds the branch from a folder below, a detached commit, a worktree, and nothing outside of git", async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "pm-branch-")));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    expect(await branchOf(folder)).toBeNull();
    const root = join(folder, "repo");
    mkdirSync(join(root, "deep", "er"), { recursive: true });
    const git = (...args: string[]) => execFileSync("git", args, { cwd: root, encoding: "utf8" });
    git("init", "-q", "-b", "feature/ä");
    writeFileSync(join(root, "a"), "");
    git("add", "a");
    git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-qm", "a");
    expect(await branchOf(join(root, "deep", "er"))).toBe("feature/ä");
    git("worktree", "add", "-q", "-b", "other", join(folder, "tree"));
    expect(await branchOf(join(folder, "tree"))).toBe("other");
    git("checkout", "-q", "--detach");
    expect(await branchOf(root)).toBe(git("rev-parse", "HEAD").slice(0, 7));
  });
});

describe("a next step", () => {
  it.each([
    ["pm approve session-a", "/approve"],
    ["pm continue session-a", "/continue session-a"],
    ["pm continue session-b", "/continue session-b"],
    ["pm approve session-b", "pm approve session-b"],
    ["pm logs session-a", "/logs"],
    ['pm continue session-a --task "Describe it"', "Type what is to be done"],
    ["npm install", "npm install"],
  ])("%s is typed here as %s", (command, typed) => {
    expect(typedHere(command, "session-a")).toBe(typed);
  });

  it("stands in the hint of an error too", () => {
    const report = { code: "E205", title: "T", message: "M", data: {} } as const;
    const hint = (text: string) => errorHere({ ...report, hint: text }, "session-a").hint;
    expect(hint("Run: pm approve session-a")).toBe("Run: /approve");
    expect(hint("Read its output: pm logs session-a")).toBe("Read its output: /logs");
    expect(hint("Check the path.")).toBe("Check the path.");
  });
});
