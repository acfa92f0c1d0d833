import type { BlobRef } from "./blob-ref.ts";
import { blobPath } from "./blobs.ts";
import { blobsOfEvent } from "./blobs-of-event.ts";
import { canonicalJson, prettyCanonicalJson } from "./canonical-json.ts";
import type { JournalEvent, JournalLine } from "./events.ts";
import { foldSession, openViolations, overallStatus } from "./fold.ts";
import type { JournalHead } from "./read-journal.ts";
import type { SessionState, TaskState } from "./session-state.ts";

/** The three files of a session that people read first: functions of the journal, byte for byte. */
export interface Projections {
  readonly sessionJson: string;
  readonly executorRunsJsonl: string;
  readonly evidenceIndexJson: string;
}

/**
 * Pure. @param head of the last of `lines`.
 * @throws RunnerError E206 where the lines are not such as the lifecycle allows.
 */
export function projectSession(lines: readonly JournalLine[], head: JournalHead): Projections {
  const journal = { seq: head.seq, hash: head.hash };
  return {
    sessionJson: prettyCanonicalJson({ ...describeSession(foldSession(lines)), journal }),
    executorRunsJsonl: lines.flatMap(describeRun).join(""),
    evidenceIndexJson: prettyCanonicalJson({ blobs: describeBlobs(lines), journal }),
  };
}

function describeSession(state: SessionState) {
  const opened = state.opened;
  return {
    session_id: opened?.session_id ?? null,
    project: opened?.project ?? null,
    provider: opened?.provider ?? null,
    model: opened?.model ?? null,
    isolation: state.attached?.isolation ?? null,
    pm_version: opened?.pm_version ?? null,
    opened_at: state.openedAt,
    ended_at: state.endedAt,
    overall_status: overallStatus(state),
    tasks: [...state.tasks.values()].map(describeTask),
  };
}

function describeTask(task: TaskState) {
  return {
    task_id: task.submitted.task_id,
    prompt: task.submitted.prompt,
    kind: task.submitted.kind,
    state: task.at,
    attempt: task.attempt,
    status: task.status,
    landed: task.landed,
    base: task.base,
    result: task.result?.tree ?? null,
    violations: openViolations(task).map(({ code, gate, status }) => ({ code, gate, status })),
  };
}

/** A run is two lines, tied by `run_id`; what was said is in the blobs that they name. */
function describeRun({ seq, at, event }: JournalLine): string[] {
  if (event.type !== "run.started" && event.type !== "run.ended") return [];
  return [`${canonicalJson({ seq, at, ...describeRunEvent(event) })}\n`];
}

function describeRunEvent(event: Extract<JournalEvent, { type: "run.started" | "run.ended" }>) {
  if (event.type === "run.started") return { ...event, prompt: refer(event.prompt) };
  return { ...event, transcript: refer(event.transcript), answer: event.answer && refer(event.answer) };
}

const refer = (ref: BlobRef) => ({ ...ref, path: blobPath(ref) });

interface BlobEntry {
  path: string;
  names: string[];
  sha256: string;
  bytes: number;
  encoding: BlobRef["encoding"];
  first_seq: number;
}

function describeBlobs(lines: readonly JournalLine[]): BlobEntry[] {
  const entries = new Map<string, BlobEntry>();
  for (const { seq, event } of lines) {
    for (const ref of blobsOfEvent(event)) {
      const entry = entries.get(ref.sha256);
      if (!entry) {
        const { name, ...rest } = ref;
        entries.set(ref.sha256, { ...rest, path: blobPath(ref), names: [name], first_seq: seq });
      } else if (!entry.names.includes(ref.name)) entry.names.push(ref.name);
    }
  }
  for (const { names } of entries.values()) names.sort();
  return [...entries.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
