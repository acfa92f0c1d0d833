/**
 * Owns one session folder, `.pm/sessions/<id>/`, while its lock is held: journal, blobs, and the files made from them.
 *
 * Invariants:
 * S1 a blob is durable before the line that names it;
 * S2 strings of an event are redacted before the line is hashed;
 * S3 `session.json`, `evidence_index.json`, `executor_runs.jsonl`, `report.md` and `report.json` hold nothing that the
 *    journal and its blobs don't; `session.json` is written last, so what it names is a head that the others have reached;
 * S4 the first line is followed by the first `session.json`: a longer journal without one has lost it (E301);
 * S5 a folder whose `session.json` names a line that the journal doesn't have is not opened (E302).
 */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { RunnerError } from "../errors/runner-error.ts";
import { TEMPORARY_FILE, writeAtomicFile } from "./atomic-file.ts";
import type { BlobRef } from "./blob-ref.ts";
import { type BlobStore, createBlobStore } from "./blobs.ts";
import { makeDurableDirectory } from "./durable-fs.ts";
import type { JournalEvent, JournalLine } from "./events.ts";
import { evidenceWriteError } from "./evidence-fs-error.ts";
import { openJournal } from "./journal.ts";
import { namedHead } from "./named-head.ts";
import { projectSession } from "./projections.ts";
import { type JournalHead, readRegularFile } from "./read-journal.ts";
import { type Redactor, redactDeep } from "./redactor.ts";
import {
  INDEX_FILE,
  JOURNAL_FILE,
  REPORT_JSON_FILE,
  REPORT_MARKDOWN_FILE,
  RUNS_FILE,
  SESSION_FILE,
} from "./session-files.ts";

export interface SessionEvidence {
  /** Absolute path of the session folder. */
  readonly dir: string;
  readonly head: JournalHead;
  readonly blobs: BlobStore;
  lines(): readonly JournalLine[];
  /** Durable when it returns; the line as stored, redacted. @throws RunnerError E104, E109, E302, E307. */
  append(event: JournalEvent): JournalLine;
  /** Durable when it returns. @throws RunnerError E104, E109, E307. */
  putBlob(name: string, content: string | Uint8Array): BlobRef;
  /** Brings every file made from the journal up to its head. @throws RunnerError E104, E109, E307. */
  writeProjections(): void;
  close(): void;
}

export interface SessionEvidenceOptions {
  readonly now: () => Date;
  readonly compress: boolean;
  readonly redactor: Redactor;
}

/**
 * Opens a session's evidence for writing, or creates it. The caller holds the session's lock.
 * @param dir `<project>/.pm/sessions/<id>`, absolute.
 * @throws RunnerError E301, E302, E304 where what is there is damaged; E104, E109, E307 where it can't be written.
 */
export function openSessionEvidence(dir: string, options: SessionEvidenceOptions): SessionEvidence {
  const pmDir = dirname(dirname(dir));
  prepareFolder(pmDir, dir);
  const known = headOfSessionFile(dir);
  const journal = openJournal(join(dir, JOURNAL_FILE), {
    now: options.now,
    quarantineDir: join(pmDir, "quarantine"),
    mustContain: known,
  });
  if (journal.head.seq > 1 && !existsSync(join(dir, SESSION_FILE))) {
    journal.close();
    throw new RunnerError("E301", { path: join(dir, SESSION_FILE) });
  }
  const blobs = createBlobStore(dir, options);
  let projected = known?.seq ?? 0;

  const evidence: SessionEvidence = {
    dir,
    blobs,
    get head() {
      return journal.head;
    },
    lines: () => journal.lines(),
    append(event) {
      const line = journal.append(redactDeep(event, options.redactor));
      if (line.seq === 1) evidence.writeProjections();
      return line;
    },
    putBlob: (name, content) => blobs.put(name, content),
    writeProjections() {
      if (projected === journal.head.seq) return;
      writeReportFiles(dir, blobs, journal.lines(), projected);
      const files = projectSession(journal.lines(), journal.head);
      writeAtomicFile(join(dir, RUNS_FILE), files.executorRunsJsonl);
      writeAtomicFile(join(dir, INDEX_FILE), files.evidenceIndexJson);
      writeAtomicFile(join(dir, SESSION_FILE), files.sessionJson);
      projected = journal.head.seq;
    },
    close: () => journal.close(),
  };
  if (journal.head.seq === 1 && !known) evidence.writeProjections();
  return evidence;
}

function prepareFolder(pmDir: string, dir: string): void {
  try {
    makeDurableDirectory(dir);
    if (!existsSync(join(pmDir, ".gitignore"))) writeAtomicFile(join(pmDir, ".gitignore"), "*\n");
    removeTemporaryFiles(dir);
  } catch (error) {
    throw evidenceWriteError(error, dir);
  }
}

/** What a crash left of files that were being written; nothing names them. */
function removeTemporaryFiles(dir: string): void {
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && TEMPORARY_FILE.test(basename(entry.name)))
      rmSync(join(entry.parentPath, entry.name));
  }
}

function headOfSessionFile(dir: string): JournalHead | undefined {
  const path = join(dir, SESSION_FILE);
  if (!existsSync(path)) return undefined;
  const head = namedHead(readRegularFile(path));
  if (!head) throw new RunnerError("E304", { path, line: 1 });
  return head;
}

/** Writes the last report where it is later than line `after`. */
function writeReportFiles(dir: string, blobs: BlobStore, lines: readonly JournalLine[], after: number): void {
  const last = lines.findLast((line) => line.event.type === "report.written");
  if (last?.event.type !== "report.written" || last.seq <= after) return;
  writeAtomicFile(join(dir, REPORT_MARKDOWN_FILE), blobs.get(last.event.markdown));
  writeAtomicFile(join(dir, REPORT_JSON_FILE), blobs.get(last.event.json));
}
