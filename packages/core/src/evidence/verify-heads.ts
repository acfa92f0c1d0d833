import { RunnerError } from "../errors/runner-error.ts";
import type { JournalHead, JournalReading } from "./read-journal.ts";
import { JOURNAL_FILE } from "./session-files.ts";

/** A journal head, and the file that names it. */
export interface NamedHead {
  readonly file: string;
  readonly head: JournalHead;
}

/**
 * Compares a journal that is whole in itself with the heads that other files name: a chain alone can't tell that its
 * end was cut off or its last line altered.
 * @returns what is wrong: E302 with the line of the journal, or E304 where the journal is right and the naming file isn't.
 */
export function checkHead(
  named: NamedHead,
  others: readonly NamedHead[],
  journal: JournalReading,
): RunnerError | null {
  const { file, head } = named;
  if (head.seq === 0 || journal.hashes[head.seq - 1] === head.hash) return null;
  if (isAttested(head.seq, journal, others)) return new RunnerError("E304", { path: file, line: 1 });
  const line = Math.min(head.seq, journal.lines.length + 1);
  const reason =
    head.seq > journal.lines.length
      ? `is missing: ${file} names line ${head.seq}`
      : `is not the line that ${file} names`;
  return new RunnerError("E302", { path: JOURNAL_FILE, line, reason });
}

/** Whether something else says that the journal is right about line `seq`, or ends before it. */
function isAttested(seq: number, journal: JournalReading, others: readonly NamedHead[]): boolean {
  if (seq < journal.lines.length) return true;
  return others.some(({ head }) => head.seq === journal.head.seq && head.hash === journal.head.hash);
}
