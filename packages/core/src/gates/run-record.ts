import type { ErrorCode } from "../errors/codes.ts";
import type { ErrorData } from "../errors/runner-error.ts";
import type { Violation } from "../lifecycle/violation.ts";
import { objector } from "./objector.ts";
import type { Gate, RunEvidence, TaskEvidence } from "./task-evidence.ts";

export const runRecordGate: Gate = {
  name: "run record",
  objectsTo:
    "a run with exit ≠ 0, no result event or several, an error result, output cut or malformed, a time-out, or no tool call where it should write",
  evaluate(evidence) {
    const object = objector("run record", evidence);
    const open = evidence.openRuns.map(({ phase }) =>
      object("E234", "INCOMPLETE", { phase }, { approval: "rerun", rerunFrom: phase }),
    );
    const ended = evidence.runs.filter(({ superseded }) => !superseded);
    return [...ended.flatMap((run) => judgeRun(evidence, run)), ...open];
  },
};

function judgeRun(evidence: TaskEvidence, run: RunEvidence): Violation[] {
  const object = objector("run record", evidence);
  const { record } = run;
  if (record.termination === "aborted") {
    const next = `pm continue ${evidence.sessionId}`;
    return [
      object("E212", "INCOMPLETE", { phase: run.phase, next }, { approval: "rerun", rerunFrom: run.phase }),
    ];
  }
  const fault = firstFault(evidence, run);
  if (fault === null && record.error_code === null) return [];
  const [code, data]: readonly [ErrorCode, ErrorData] = fault ?? [
    "E214",
    { reason: `${label(run)} reported an error.` },
  ];
  // The provider knows best which error this is; that there is one, the facts say.
  const violation = object(record.error_code ?? code, "ERROR", {
    provider: "The provider",
    what: label(run),
    outcome: record.outcome,
    reason: record.error_message ?? record.outcome,
    ...data,
  });
  return [record.error_message === null ? violation : { ...violation, message: record.error_message }];
}

/** The first thing wrong, causes before their consequences. */
function firstFault(evidence: TaskEvidence, run: RunEvidence): readonly [ErrorCode, ErrorData] | null {
  const { record } = run;
  const what = label(run);
  const unclean = (reason: string) => ["E214", { reason: `${what} ${reason}.` }] as const;
  const seconds = Math.round(record.duration_ms / 1000);
  if (record.termination === "time_limit") return ["E211", { what, seconds }];
  if (record.termination === "idle_limit") {
    return ["E210", { what, seconds: evidence.settings.timeouts.operation_timeout_seconds }];
  }
  if (record.termination === "spawn_failed") return unclean("could not be started");
  if (record.signal !== null) return unclean(`was ended by ${record.signal}`);
  if (record.exit_code !== 0) return unclean(`ended with exit code ${record.exit_code ?? "unknown"}`);
  if (record.is_error) return unclean(`gave an error as its result (${record.outcome})`);
  if (record.result_events !== 1) return unclean(`gave ${record.result_events} results instead of one`);
  if (record.malformed_lines > 0) return unclean(`printed ${record.malformed_lines} malformed lines`);
  if (record.truncated) return unclean("printed more than is read");
  if (run.writes && record.tool_calls === 0) return unclean("used no tool, though it should have written");
  return null;
}

function label(run: RunEvidence): string {
  return `The agent of ${run.phase}${run.subtask_id === null ? "" : ` (${run.subtask_id})`}`;
}
