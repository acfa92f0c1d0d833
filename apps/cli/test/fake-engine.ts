import {
  type ApprovalView,
  type ExecutionResult,
  NO_TASK_USAGE,
  RunnerError,
  type Violation,
} from "@pm/core";
import type { QueuedEngine } from "@pm/queue";
import type { Services } from "../src/services.ts";

export const violation: Violation = {
  code: "E223",
  gate: "qa",
  status: "INCOMPLETE",
  message: "npm test failed with exit code 1.",
  hint: "Read its output: pm logs session-1a",
  task_id: "task-1",
  paths: [],
  approval: "rerun",
  rerun_from: "EXECUTION",
};

export function executionResult(change: Partial<ExecutionResult> = {}): ExecutionResult {
  return {
    session_id: "session-1a",
    overall_status: "COMPLETE",
    evidence_path: "/work/.pm/sessions/session-1a",
    next_action: null,
    violations: [],
    tasks: [
      {
        task_id: "task-1",
        prompt: "Add a flag",
        status: "COMPLETE",
        phase: null,
        landed: true,
        files_changed: ["src/a.ts"],
        isolation: "sandbox",
        cost_usd: 0.12,
        usage: { ...NO_TASK_USAGE, cost_usd: 0.12 },
      },
    ],
    ...change,
  };
}

export function approvalView(change: Partial<ApprovalView> = {}): ApprovalView {
  return {
    sessionId: "session-1a",
    taskId: "task-1",
    digest: "d1",
    violations: [violation],
    effect: "accept",
    files: [{ path: "src/a.ts", added: 3, deleted: 1 }],
    ...change,
  };
}

/** Every call that a test does not expect fails it. */
const unexpected = (name: string) => () => Promise.reject(new Error(`unexpected call of ${name}`));

export function fakeEngine(parts: Partial<QueuedEngine>): QueuedEngine {
  return {
    start: unexpected("start"),
    submit: unexpected("submit"),
    enqueue: unexpected("enqueue"),
    continueSession: unexpected("continueSession"),
    status: unexpected("status"),
    approvalView: unexpected("approvalView"),
    approve: unexpected("approve"),
    cancel: unexpected("cancel"),
    verify: unexpected("verify"),
    verifyExport: unexpected("verifyExport"),
    exportSession: unexpected("exportSession"),
    sessions: unexpected("sessions"),
    refs: async () => [],
    continuable: unexpected("continuable"),
    logs: unexpected("logs"),
    artifact: unexpected("artifact"),
    taskView: unexpected("taskView"),
    journal: unexpected("journal"),
    evidence: unexpected("evidence"),
    agentSteps: unexpected("agentSteps"),
    restoreProject: unexpected("restoreProject"),
    ...parts,
  };
}

export function fakeServices(engine: Partial<QueuedEngine>, parts: Partial<Services> = {}): Services {
  return {
    engine: async () => fakeEngine(engine),
    validate: async (project) => ({ project, problems: [] }),
    init: async (project) => ({ project, created: [], kept: [] }),
    doctor: async () => [],
    executors: async () => 4,
    queue: unexpected("queue"),
    place: unexpected("place"),
    createQueue: unexpected("createQueue"),
    queuePolicy: unexpected("queuePolicy"),
    isGone: async () => false,
    record: unexpected("record"),
    replay: unexpected("replay"),
    startWorker: unexpected("startWorker"),
    startWeb: unexpected("startWeb"),
    userSetup: unexpected("userSetup"),
    close: async () => {},
    ...parts,
  };
}

/** An engine with one task that waits for approvals, one view after another. */
export function waitingEngine(views: readonly ApprovalView[]) {
  const approved: { digest: string; note?: string }[] = [];
  let continued = 0;
  const left = () => views.slice(approved.length);
  const parts: Partial<QueuedEngine> = {
    status: async () => executionResult({ overall_status: "INCOMPLETE" }),
    async approvalView(id) {
      const [view] = left();
      if (view === undefined) throw new RunnerError("E207", { id });
      return view;
    },
    async approve({ digest, note }) {
      approved.push({ digest, ...(note === undefined ? {} : { note }) });
      return executionResult({ overall_status: "INCOMPLETE", next_action: "pm continue session-1a" });
    },
    async continueSession({ sessionId }) {
      if (left().length > 0) throw new RunnerError("E205", { id: sessionId, reason: "QA failed" });
      continued += 1;
      return executionResult();
    },
  };
  return { parts, approved, continued: () => continued };
}
