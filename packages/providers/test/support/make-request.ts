import { mkdirSync, mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AgentActivity, type AgentRunRequest, createSpending } from "@pm/core";
import { plainExec } from "./plain-exec.ts";

export interface TestRun {
  readonly dir: string;
  readonly workspace: string;
  readonly home: string;
  readonly activities: AgentActivity[];
  request(overrides?: Partial<AgentRunRequest>): AgentRunRequest;
}

/** A workspace and a HOME in a temporary folder, and requests that run there. The caller removes `dir`. */
export function makeTestRun(): TestRun {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "pm-providers-")));
  const workspace = join(dir, "workspace");
  const home = join(dir, "state", "home");
  mkdirSync(workspace, { recursive: true });
  mkdirSync(home, { recursive: true });
  const activities: AgentActivity[] = [];
  return {
    dir,
    workspace,
    home,
    activities,
    request: (overrides = {}) => ({
      sessionId: "session-test",
      taskId: "task-1",
      runId: "run-1",
      phase: "EXECUTION",
      subtaskId: "S1",
      attempt: 1,
      prompt: "Phase: EXECUTION\nDo it",
      task: "Do it",
      access: "write",
      output: null,
      model: null,
      workspace: { path: workspace, hostDir: workspace },
      stateDir: join(dir, "state"),
      spending: createSpending(null, 0),
      limits: { seconds: 60, idleSeconds: 30 },
      signal: new AbortController().signal,
      exec: plainExec(workspace, home),
      onActivity: (activity) => activities.push(activity),
      ...overrides,
    }),
  };
}
