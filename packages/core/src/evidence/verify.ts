/**
 * Checks a session's evidence from its files alone, changing nothing. Whatever byte of the folder was altered, added or
 * taken away is a problem; what a crash of `pm` can leave is a note.
 */
import { basename, join } from "node:path";
import { type AttestationTrust, checkAttestation } from "../attestation/check-attestation.ts";
import { isRunnerError, RunnerError } from "../errors/runner-error.ts";
import { createBlobReader } from "./blobs.ts";
import { applyLine, foldSession, overallStatus } from "./fold.ts";
import { listSessionFiles, type SessionListing } from "./list-session-files.ts";
import { namedHead } from "./named-head.ts";
import { type JournalReading, parseJournal, readRegularFile } from "./read-journal.ts";
import { ATTESTATION_FILE, INDEX_FILE, JOURNAL_FILE, SESSION_FILE, SESSION_FILES } from "./session-files.ts";
import type { SessionState } from "./session-state.ts";
import { checkBlobs } from "./verify-blobs.ts";
import { checkHead, type NamedHead } from "./verify-heads.ts";
import { checkOutcomes, type DeriveOutcome } from "./verify-outcomes.ts";
import { checkProjections, checkReportFiles, type MadeFiles } from "./verify-projections.ts";
import type { VerifyReport } from "./verify-report.ts";

/**
 * @param dir the session folder; its name is the session's id.
 * @param options.trust whose signature is looked for; without it an attestation is only compared with the journal.
 * @returns what is wrong, the first one being where trust ends. Never throws for what the folder holds.
 * @throws RunnerError E301 where there is no such folder, E119 where it can't be listed.
 */
export function verifySession(dir: string, options: VerifyOptions): VerifyReport {
  const { problems, ...inspected } = inspectSession(dir, options);
  return {
    ...inspected,
    problems: problems.map((error) => ({ code: error.code, where: whereOf(error), message: error.message })),
  };
}

export interface VerifyOptions {
  readonly deriveOutcome: DeriveOutcome;
  readonly trust?: AttestationTrust;
}

/** The same, for `pm` itself: each problem as the error that it is. */
export function inspectSession(
  dir: string,
  options: VerifyOptions,
): Omit<VerifyReport, "problems"> & { readonly problems: readonly RunnerError[] } {
  const problems: RunnerError[] = [];
  const notes: string[] = [];
  const listing = listSessionFiles(dir);
  const files = readMadeFiles(dir, problems);
  const heads = namedHeads(files);
  const journal = parseJournal(
    files[JOURNAL_FILE] ?? Buffer.alloc(0),
    heads.map(({ head }) => head),
  );
  const state = checkJournal(journal, basename(dir), problems);
  const reached = checkHeads(journal, heads, problems);
  const blobs = checkBlobs(dir, journal, listing.blobs);
  problems.push(...blobs.problems);
  notes.push(...blobs.notes);
  checkTorn(journal, state, problems, notes);
  checkListing(
    listing,
    state !== null && isFinished(state) && reached.session === journal.lines.length,
    problems,
    notes,
  );
  if (!journal.problem && state && journal.lines.length > 0) {
    const reader = createBlobReader(dir);
    problems.push(...checkProjections(journal, files, reached));
    if (blobs.problems.length === 0) {
      problems.push(...checkReportFiles(journal, files, reached.session, reader));
      problems.push(...checkOutcomes(journal.lines, reader, options.deriveOutcome));
    }
    if (reached.session < journal.lines.length)
      notes.push(
        `${SESSION_FILE} was left behind at line ${reached.session} of ${journal.lines.length}: pm stopped before it was rewritten`,
      );
  }
  const attested =
    !journal.problem && state
      ? checkAttestation(files[ATTESTATION_FILE] ?? null, journal, options.trust ?? NOBODY)
      : null;
  if (attested?.problem) problems.push(attested.problem);
  const expected = attested?.check.state !== "none" || state?.endedAt !== null;
  if (attested?.note && options.trust && expected) notes.push(attested.note);
  const made = Object.values(files).filter((bytes) => bytes !== null);
  return {
    session_id: basename(dir),
    ok: problems.length === 0,
    overall_status: problems.length > 0 || !state ? "INVALID" : overallStatus(state),
    lines: journal.lines.length,
    files: made.length + blobs.files,
    bytes: made.reduce((sum, bytes) => sum + bytes.length, blobs.bytes),
    problems,
    notes,
    attestation: attested?.check ?? null,
  };
}

const NOBODY: AttestationTrust = { key: null, demanded: false };

function readMadeFiles(dir: string, problems: RunnerError[]): MadeFiles {
  const read = (name: string): Buffer | null => {
    try {
      return readRegularFile(join(dir, name));
    } catch (error) {
      // Whether a missing file is a problem depends on how far the journal is; only the journal itself always is.
      if (isRunnerError(error, "E301") && name !== JOURNAL_FILE) return null;
      if (!isRunnerError(error)) throw error;
      problems.push(new RunnerError(error.code, { ...error.data, path: name }, error));
      return null;
    }
  };
  return Object.fromEntries(SESSION_FILES.map((name) => [name, read(name)]));
}

function namedHeads(files: MadeFiles): NamedHead[] {
  return [SESSION_FILE, INDEX_FILE].flatMap((file) => {
    const bytes = files[file];
    const head = bytes ? namedHead(bytes) : null;
    return head ? [{ file, head }] : [];
  });
}

/** @returns the folded state, or null where the lines are no history that `pm` could have written. */
function checkJournal(
  journal: JournalReading,
  sessionId: string,
  problems: RunnerError[],
): SessionState | null {
  const damaged = (line: number, reason: string, cause?: unknown) =>
    problems.push(new RunnerError("E302", { path: JOURNAL_FILE, line, reason }, cause));
  const first = journal.lines[0]?.event;
  if (first && !(first.type === "session.opened" && first.session_id === sessionId))
    damaged(1, `does not open ${sessionId}`);
  const state = foldSession([]);
  for (const line of journal.lines) {
    try {
      applyLine(state, line);
    } catch (error) {
      damaged(line.seq, `is not allowed there: ${error instanceof Error ? error.message : error}`, error);
      return null;
    }
  }
  if (journal.problem) damaged(journal.problem.line, journal.problem.reason);
  else if (journal.lines.length === 0) damaged(1, "is missing");
  return state;
}

/** @returns the lines that `session.json` and `evidence_index.json` have reached; where one can't be told, the last. */
function checkHeads(journal: JournalReading, heads: readonly NamedHead[], problems: RunnerError[]) {
  const reached = { session: journal.lines.length, index: journal.lines.length };
  if (journal.problem) return reached;
  for (const named of heads) {
    const others = heads.filter((other) => other !== named);
    const error = checkHead(named, others, journal);
    // One that names a wrong head is compared with the present state, which tells the line that differs.
    if (error?.code === "E302") problems.push(error);
    else if (!error) reached[named.file === SESSION_FILE ? "session" : "index"] = named.head.seq;
  }
  return reached;
}

function isFinished(state: SessionState): boolean {
  return state.endedAt !== null && overallStatus(state) !== "INCOMPLETE";
}

/** A torn record is what a crash leaves, but not in a session that has nothing more to say, nor with other content. */
function checkTorn(
  journal: JournalReading,
  state: SessionState | null,
  problems: RunnerError[],
  notes: string[],
): void {
  if (!journal.torn || journal.problem) return;
  const line = journal.lines.length + 1;
  const start = '{"at":"';
  const tail = journal.tornBytes.toString("latin1");
  const plausible = tail.startsWith(start) || start.startsWith(tail);
  if (plausible && state && !isFinished(state))
    notes.push(`${JOURNAL_FILE}:${line} was cut short: pm stopped while writing it`);
  else
    problems.push(
      new RunnerError("E302", {
        path: JOURNAL_FILE,
        line,
        reason: "is no whole line, and nothing was to follow",
      }),
    );
}

function checkListing(
  listing: SessionListing,
  settled: boolean,
  problems: RunnerError[],
  notes: string[],
): void {
  // In a settled session nothing else is written any more than the attestation, which no line names.
  const isLeftover = (path: string) => !settled || path.startsWith(`.${ATTESTATION_FILE}.`);
  const foreign = [...listing.foreign, ...listing.temporary.filter((path) => !isLeftover(path))];
  problems.push(...foreign.map((path) => new RunnerError("E309", { path })));
  const leftovers = listing.temporary.filter(isLeftover);
  notes.push(...leftovers.map((path) => `${path} was left behind: pm stopped while writing it`));
}

function whereOf({ data }: RunnerError): string {
  return data.line === undefined ? String(data.path) : `${data.path}:${data.line}`;
}
