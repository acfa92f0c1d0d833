/**
 * What is signed: an in-toto Statement v1 about one session. Pure, and a function of the journal and the key alone.
 *
 * Invariants:
 * A1 the same lines give the same bytes, so whoever has the journal can make the statement again and compare;
 * A2 it says nothing that the fold of those lines doesn't: no clock, no setting, no word of the process that signs;
 * A3 another content of the predicate is another predicate type; the code for this one stays.
 */
import { canonicalJson } from "../evidence/canonical-json.ts";
import type { JournalLine } from "../evidence/events.ts";
import { foldSession, overallStatus } from "../evidence/fold.ts";
import type { JournalHead } from "../evidence/read-journal.ts";
import { blobDigests, evidenceRoot } from "./evidence-root.ts";
import { describeTask } from "./task-predicate.ts";

export const STATEMENT_TYPE = "https://in-toto.io/Statement/v1";
export const SESSION_PREDICATE = "https://pm-orchestrator-runner.dev/attestation/v1";

export interface Subject {
  readonly name: string;
  readonly digest: Readonly<Record<string, string>>;
}

/**
 * @param head of the last of `lines`. @param keyId of the key that signs it: an envelope can't be passed off as another key's.
 * @returns canonical JSON. @throws RunnerError E206 where the lines are not such as the lifecycle allows.
 */
export function sessionStatement(lines: readonly JournalLine[], head: JournalHead, keyId: string): string {
  const state = foldSession(lines);
  const blobs = blobDigests(lines);
  const root = evidenceRoot(blobs);
  const tasks = [...state.tasks.values()];
  const subject: Subject[] = [
    { name: "journal", digest: { sha256: head.hash } },
    { name: "evidence", digest: { sha256: root } },
    ...tasks.flatMap(({ submitted, result }) =>
      result ? [{ name: `result/${submitted.task_id}`, digest: { gitTree: result.tree } }] : [],
    ),
  ];
  return canonicalJson({
    _type: STATEMENT_TYPE,
    subject,
    predicateType: SESSION_PREDICATE,
    predicate: {
      session_id: state.opened?.session_id ?? null,
      key_id: keyId,
      overall_status: overallStatus(state),
      pm_version: (state.attached ?? state.opened)?.pm_version ?? null,
      provider: state.opened?.provider ?? null,
      model: state.opened?.model ?? null,
      opened_at: state.openedAt,
      ended_at: state.endedAt,
      journal: { seq: head.seq, hash: head.hash },
      evidence: { blobs: blobs.length, root },
      tasks: tasks.map((task) => describeTask(task, lines)),
    },
  });
}
