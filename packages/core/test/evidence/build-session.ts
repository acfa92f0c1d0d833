import type { JournalEvent } from "../../src/evidence/events.ts";
import type { SessionEvidence } from "../../src/evidence/session-evidence.ts";
import { AGENT_PHASES, PHASES } from "../../src/lifecycle/phases.ts";

export const SESSION_ID = "session-1a2b3c";

export interface SessionShape {
  readonly prompt?: string;
  readonly log?: string;
  /** Stop after so many events; the session is then still open. */
  readonly events?: number;
}

const TREE = { base: "a".repeat(40), result: "b".repeat(40) };

/** Journals one task from its prompt to COMPLETE, with the events and blobs of a real one. */
export function buildSession(evidence: SessionEvidence, shape: SessionShape = {}): void {
  for (const event of sessionEvents(evidence, shape).slice(0, shape.events)) evidence.append(event);
  evidence.writeProjections();
}

/** Journals a task that failed before its first phase: the smallest finished session, report and all. */
export function buildSmallSession(evidence: SessionEvidence): void {
  for (const event of smallSessionEvents(evidence, { taskId: "task-1", report: "# Report\n" }))
    evidence.append(event);
  evidence.writeProjections();
}

/**
 * Each event is made when it is asked for: as in the engine, what a line names is written right before that line, and so never
 * into a session that has ended.
 */
export function* smallSessionEvents(
  evidence: SessionEvidence,
  { taskId: task_id, report: text }: { taskId: string; report: string },
): Generator<JournalEvent> {
  const failed: JournalEvent = {
    type: "task.failed",
    task_id,
    violations: [
      {
        code: "E109",
        gate: "machine",
        status: "ERROR",
        message: "No space left.",
        hint: "",
        task_id,
        paths: [],
        approval: null,
        rerun_from: null,
      },
    ],
  };
  const status = "ERROR";
  yield* openingEvents(evidence, task_id);
  yield failed;
  yield { type: "phase.started", task_id, phase: "REPORT", attempt: 1 };
  yield {
    type: "report.written",
    task_id,
    status,
    markdown: evidence.putBlob("report.md", text),
    json: evidence.putBlob("report.json", "{}\n"),
  };
  yield { type: "task.ended", task_id, status };
}

export function sessionEvents(evidence: SessionEvidence, shape: SessionShape = {}): JournalEvent[] {
  const put = (name: string, content: string) => evidence.putBlob(name, content);
  const task_id = "task-1";
  const log = shape.log ?? "ok 1 - slug of an empty string is empty\n".repeat(30);
  const events: JournalEvent[] = [
    ...openingEvents(evidence, task_id, shape.prompt),
    { type: "snapshot.taken", task_id, base: TREE.base, files: 12 },
  ];
  for (const phase of PHASES) {
    const at = { task_id, phase, attempt: 1 } as const;
    events.push({ type: "phase.started", ...at });
    if ((AGENT_PHASES as readonly string[]).includes(phase)) {
      const run = { run_id: `run-${phase.toLowerCase()}`, subtask_id: null, ask: 1 };
      events.push(
        {
          type: "run.started",
          ...at,
          ...run,
          provider: "replay",
          model: null,
          prompt: put("prompt", `Phase: ${phase}`),
        },
        {
          type: "run.ended",
          ...at,
          ...run,
          writes: phase === "EXECUTION",
          superseded: false,
          record: cleanRun(),
          transcript: put("transcript", `${phase}\n${log}`),
          answer: put("answer", JSON.stringify({ phase })),
        },
      );
    }
    if (phase === "EXECUTION")
      events.push({
        type: "result.captured",
        ...at,
        subtask_id: null,
        tree: TREE.result,
        changes: put("changes.json", JSON.stringify({ base: TREE.base, result: TREE.result })),
        patch: put("result.patch", "+export const slug = 1;\n"),
        survivors: 0,
      });
    if (phase === "QA")
      events.push({
        type: "command.ran",
        ...at,
        purpose: "qa",
        on: "result",
        tree: TREE.result,
        id: "npm test",
        argv: ["npm", "test"],
        exit_code: 0,
        signal: null,
        termination: "exited",
        duration_ms: 1234.5,
        survivors: 0,
        stdout: put("stdout", log),
        stderr: put("stderr", ""),
        tests: { passed: 30, failed: 0, skipped: 0 },
      });
    if (phase === "COMPLETION_VALIDATION")
      events.push({ type: "gates.evaluated", task_id, violations: [], waived: [] });
    if (phase === "REPORT")
      events.push({
        type: "report.written",
        task_id,
        status: "COMPLETE",
        markdown: put("report.md", "# Report\n\nCOMPLETE\n"),
        json: put("report.json", '{"status":"COMPLETE"}\n'),
      });
    else
      events.push({
        type: "phase.passed",
        ...at,
        evidence: [put(`${phase.toLowerCase()}.json`, `{"${phase}":1}`)],
      });
    if (phase === "COMPLETION_VALIDATION")
      events.push(
        { type: "landing.started", task_id, from: TREE.base, to: TREE.result, paths: 1 },
        { type: "landing.finished", task_id, tree: TREE.result },
      );
  }
  events.push({ type: "task.ended", task_id, status: "COMPLETE" });
  return events;
}

function openingEvents(evidence: SessionEvidence, task_id: string, prompt?: string): JournalEvent[] {
  return [
    {
      type: "session.opened",
      session_id: SESSION_ID,
      project: "/home/user/library",
      pm_version: "0.1.0",
      provider: "replay",
      model: null,
    },
    {
      type: "session.attached",
      fence: 1,
      pid: 4711,
      pm_version: "0.1.0",
      isolation: "sandbox",
      settings: evidence.putBlob("settings.json", "{}"),
    },
    {
      type: "task.submitted",
      task_id,
      prompt: prompt ?? "Add slug(text) — “words”, not bytes",
      kind: "change",
      scope: [],
      checks: [["node", "--test"]],
    },
  ];
}

function cleanRun(): Extract<JournalEvent, { type: "run.ended" }>["record"] {
  return {
    exit_code: 0,
    signal: null,
    termination: "exited",
    duration_ms: 321.25,
    result_events: 1,
    is_error: false,
    outcome: "success",
    tool_calls: 2,
    denials: [],
    malformed_lines: 0,
    truncated: false,
    survivors: 0,
    output_bytes: 2048,
    usage: {
      input_tokens: 10,
      output_tokens: 20,
      cache_read_tokens: 0,
      cache_write_tokens: 0,
      cost_usd: 0.0125,
    },
    model: null,
    agent_version: "1.0.0",
    error_code: null,
    error_message: null,
  };
}
