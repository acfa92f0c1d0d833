import { join } from "node:path";
import { blobDigests, evidenceRoot } from "../attestation/evidence-root.ts";
import { packExport } from "../attestation/pack-export.ts";
import type { SigningKey } from "../attestation/signing-key.ts";
import { blobPath, createBlobReader } from "../evidence/blobs.ts";
import { foldSession, overallStatus } from "../evidence/fold.ts";
import { parseJournal, readRegularFile } from "../evidence/read-journal.ts";
import { JOURNAL_FILE } from "../evidence/session-files.ts";
import { assertWhole } from "./assert-whole.ts";
import { evidenceBadge } from "./evidence-page/badge.ts";
import { evidencePage } from "./evidence-page/page.ts";
import { toTaskView } from "./to-task-view.ts";

/** A session as one file, and its badge by itself. */
export interface SessionExport {
  readonly session_id: string;
  readonly key_id: string;
  /** A tar. */
  readonly file: Buffer;
  /** SVG. */
  readonly badge: string;
}

/**
 * Reads a session that nobody holds, and packs it. What it attests is the journal's present state, also where the session
 * folder has no attestation of it, or another home's.
 * @param dir the session folder. @throws RunnerError E310 where its evidence is not whole.
 */
export function exportSession(id: string, dir: string, key: SigningKey): SessionExport {
  assertWhole(dir, id);
  const bytes = readRegularFile(join(dir, JOURNAL_FILE));
  const journal = parseJournal(bytes);
  const { lines, head } = journal;
  const blobs = createBlobReader(dir);
  const read = (ref: Parameters<typeof blobs.get>[0]) => blobs.get(ref).toString("utf8");
  const state = foldSession(lines);
  const digests = blobDigests(lines);
  const status = overallStatus(state);
  const badge = evidenceBadge(status, id, key.id);
  const page = evidencePage({
    session_id: id,
    status,
    project: state.opened?.project ?? "",
    pm_version: (state.attached ?? state.opened)?.pm_version ?? "",
    opened_at: state.openedAt ?? "",
    ended_at: state.endedAt,
    journal: head,
    blobs: digests.length,
    evidence_root: evidenceRoot(digests),
    key_id: key.id,
    tasks: [...state.tasks.keys()].flatMap((task) => toTaskView(id, { lines, read }, task, false) ?? []),
  });
  const file = packExport({
    sessionId: id,
    journal,
    journalBytes: bytes.subarray(0, journal.wholeBytes),
    key,
    page,
    badge,
    stored: (sha256) => readRegularFile(join(dir, blobPath({ sha256 }))),
    content: (ref) => blobs.get(ref),
  });
  return { session_id: id, key_id: key.id, file, badge };
}
