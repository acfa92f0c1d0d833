import { RunnerError } from "../errors/runner-error.ts";
import type { BlobRef } from "./blob-ref.ts";
import type { BlobReader } from "./blobs.ts";
import type { EventOf } from "./events.ts";
import { type Projections, projectSession } from "./projections.ts";
import type { JournalReading } from "./read-journal.ts";
import {
  INDEX_FILE,
  REPORT_JSON_FILE,
  REPORT_MARKDOWN_FILE,
  RUNS_FILE,
  SESSION_FILE,
} from "./session-files.ts";

/** The bytes of the files made from the journal, null where there is no such file. */
export type MadeFiles = Readonly<Record<string, Buffer | null>>;

export interface HeadsReached {
  /** Line that `session.json` names; it is written last, so every other file has got at least so far. */
  readonly session: number;
  readonly index: number;
}

/**
 * Compares what was made from the journal with what it makes now. A file may show an earlier state where a crash came
 * between an append and the rewriting; never one earlier than what was written after it shows.
 * @returns problems: E301 missing, E304 with the first line that differs.
 */
export function checkProjections(
  journal: JournalReading,
  files: MadeFiles,
  reached: HeadsReached,
): RunnerError[] {
  const rebuild = (seq: number): Projections =>
    projectSession(journal.lines.slice(0, seq), { seq, hash: journal.hashes[seq - 1] ?? "" });
  const begun = journal.lines.length === 1 && !files[SESSION_FILE];
  const session = rebuild(reached.session);
  const index = reached.index === reached.session ? session : rebuild(reached.index);
  const full = journal.lines.length === reached.index ? index : rebuild(journal.lines.length);
  const problems = [
    compare(SESSION_FILE, files[SESSION_FILE], session.sessionJson),
    reached.index < reached.session
      ? new RunnerError("E304", { path: INDEX_FILE, line: 1 })
      : compare(INDEX_FILE, files[INDEX_FILE], index.evidenceIndexJson),
    compareGrowing(RUNS_FILE, files[RUNS_FILE], index.executorRunsJsonl, full.executorRunsJsonl),
  ].filter((problem) => problem !== null);
  // Until the first `session.json` is there, which follows the first line, none of them need be.
  return problems.filter((problem) => !(begun && problem.code === "E301"));
}

/** Compares `report.md` and `report.json` with the last report that was written, or a later one than `reached`. */
export function checkReportFiles(
  journal: JournalReading,
  files: MadeFiles,
  reached: number,
  blobs: BlobReader,
): RunnerError[] {
  const reports = journal.lines.flatMap(({ seq, event }) =>
    event.type === "report.written" ? [{ seq, event }] : [],
  );
  const last = reports.findLast(({ seq }) => seq <= reached);
  const candidates = [last, ...reports.filter(({ seq }) => seq > reached)].map(
    (report) => report?.event ?? null,
  );
  const check = (file: string, pick: (event: EventOf<"report.written">) => BlobRef) => {
    const found = files[file] ?? null;
    const fits = candidates.some((event) => (event ? found?.equals(blobs.get(pick(event))) : found === null));
    if (fits) return [];
    const expected = candidates[0] ? blobs.get(pick(candidates[0])).toString("utf8") : "";
    return [compare(file, found, expected) ?? new RunnerError("E304", { path: file, line: 1 })];
  };
  return [
    ...check(REPORT_MARKDOWN_FILE, (event) => event.markdown),
    ...check(REPORT_JSON_FILE, (event) => event.json),
  ];
}

function compare(file: string, found: Buffer | null | undefined, expected: string): RunnerError | null {
  if (!found) return new RunnerError("E301", { path: file });
  if (found.equals(Buffer.from(expected))) return null;
  return new RunnerError("E304", { path: file, line: firstDifferentLine(found.toString("utf8"), expected) });
}

/** A file that only grows may hold anything between its state at `atLeast` and at `atMost`, in whole lines. */
function compareGrowing(
  file: string,
  found: Buffer | null | undefined,
  atLeast: string,
  atMost: string,
): RunnerError | null {
  if (!found) return new RunnerError("E301", { path: file });
  const whole = found.length === 0 || found.at(-1) === 0x0a;
  const most = Buffer.from(atMost);
  const fits =
    whole && found.length >= Buffer.byteLength(atLeast) && most.subarray(0, found.length).equals(found);
  return fits ? null : compare(file, found, atLeast === found.toString("utf8") ? `${atLeast}\n` : atMost);
}

function firstDifferentLine(found: string, expected: string): number {
  const expectedLines = expected.split("\n");
  const lines = found.split("\n");
  const index = lines.findIndex((line, at) => line !== expectedLines[at]);
  return index === -1 ? lines.length : index + 1;
}
