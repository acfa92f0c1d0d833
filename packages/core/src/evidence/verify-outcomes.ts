import { RunnerError } from "../errors/runner-error.ts";
import type { Status } from "../lifecycle/status.ts";
import type { Violation } from "../lifecycle/violation.ts";
import type { BlobRef } from "./blob-ref.ts";
import type { BlobReader } from "./blobs.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { EventOf, JournalLine } from "./events.ts";
import { foldSession } from "./fold.ts";
import type { ReadBlob } from "./load-task-evidence.ts";
import { JOURNAL_FILE } from "./session-files.ts";

export interface GateOutcome {
  readonly violations: readonly Violation[];
  readonly waived: readonly Violation[];
}

/** Evaluates the gates of a task from the lines before its `gates.evaluated` and their blobs; null where it has no such task. */
export type DeriveOutcome = (
  before: readonly JournalLine[],
  taskId: string,
  read: ReadBlob,
) => GateOutcome | null;

const OUTCOMES: readonly string[] = ["gates.evaluated", "report.written", "task.ended"];

/**
 * Derives every recorded outcome again: what gates said, and the status that a report and an end of a task name.
 * @returns E305 for each that the evidence before it doesn't give.
 */
export function checkOutcomes(
  lines: readonly JournalLine[],
  blobs: BlobReader,
  deriveOutcome: DeriveOutcome,
): RunnerError[] {
  const read = (ref: BlobRef) => blobs.get(ref).toString("utf8");
  return lines
    .filter(({ event }) => OUTCOMES.includes(event.type))
    .flatMap((line) => {
      const path = `${JOURNAL_FILE}:${line.seq}`;
      try {
        const difference = compareLine(line, lines.slice(0, line.seq - 1), read, deriveOutcome);
        return difference ? [new RunnerError("E305", { path, ...difference })] : [];
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return [
          new RunnerError("E305", { path, stored: line.event.type, derived: `nothing: ${reason}` }, error),
        ];
      }
    });
}

function compareLine(
  { at, event }: JournalLine,
  before: readonly JournalLine[],
  read: ReadBlob,
  deriveOutcome: DeriveOutcome,
): { stored: string; derived: string } | null {
  if (event.type === "gates.evaluated") {
    const derived = deriveOutcome(before, event.task_id, read);
    const stored = { violations: event.violations, waived: event.waived };
    const same =
      derived &&
      canonicalJson({ violations: derived.violations, waived: derived.waived }) === canonicalJson(stored);
    return same ? null : { stored: describe(stored), derived: describe(derived) };
  }
  if (event.type === "report.written" || event.type === "task.ended") {
    const derived = statusWhenEnded(before, event, at);
    return derived === event.status ? null : { stored: event.status, derived: derived ?? "no such task" };
  }
  return null;
}

/** A report is written just before its task ends and tells how that end will be: both are judged as that end. */
function statusWhenEnded(
  before: readonly JournalLine[],
  event: EventOf<"report.written" | "task.ended">,
  at: string,
): Status | undefined {
  const seq = before.length + 1;
  const ended = { type: "task.ended", task_id: event.task_id, status: event.status } as const;
  const events = event.type === "task.ended" ? [ended] : [event, ended];
  const lines = events.map((added, index) => ({ seq: seq + index, prev: "", at, event: added }));
  return foldSession([...before, ...lines]).tasks.get(event.task_id)?.status;
}

function describe(outcome: GateOutcome | null): string {
  if (!outcome) return "no such task";
  const codes = (violations: readonly Violation[]) => violations.map(({ code }) => code).join(", ") || "none";
  return `violations ${codes(outcome.violations)}, waived ${codes(outcome.waived)}`;
}
