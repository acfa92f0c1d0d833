/** A unified diff of one file as rows to draw. Pure; what it does not know it shows as it is. */
export interface DiffRow {
  readonly kind: "hunk" | "same" | "added" | "removed" | "note";
  readonly old: number | null;
  readonly new: number | null;
  readonly text: string;
}

export interface FileDiff {
  readonly rows: readonly DiffRow[];
  readonly binary: boolean;
  /** What is said of the file beside its lines: a rename, another mode. */
  readonly facts: readonly string[];
}

const HUNK = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@(.*)$/;
const FACTS: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [/^old mode (\d+)$/, ([, mode]) => `Mode was ${mode}`],
  [/^new mode (\d+)$/, ([, mode]) => `mode is ${mode}`],
  [/^new file mode 120000$/, () => "A symbolic link"],
  [/^new file mode 100755$/, () => "Executable"],
  [/^rename from (.+)$/, ([, path]) => `Renamed from ${path}`],
  [/^copy from (.+)$/, ([, path]) => `Copied from ${path}`],
  [/^similarity index (\d+%)$/, ([, part]) => `${part} the same`],
];

export function parseDiff(text: string): FileDiff {
  const rows: DiffRow[] = [];
  const facts: string[] = [];
  let binary = false;
  let before = 0;
  let after = 0;
  let inHunk = false;
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  for (const line of lines) {
    const hunk = HUNK.exec(line);
    if (hunk) {
      inHunk = true;
      before = Number(hunk[1]);
      after = Number(hunk[2]);
      // A file that begins with its first line has nothing before it to leave out.
      if (rows.length > 0 || before > 1 || after > 1) {
        rows.push({ kind: "hunk", old: null, new: null, text: hunk[3]?.trim() ?? "" });
      }
    } else if (inHunk && line.startsWith("+")) {
      rows.push({ kind: "added", old: null, new: after++, text: line.slice(1) });
    } else if (inHunk && line.startsWith("-")) {
      rows.push({ kind: "removed", old: before++, new: null, text: line.slice(1) });
    } else if (inHunk && (line.startsWith(" ") || line === "")) {
      rows.push({ kind: "same", old: before++, new: after++, text: line.slice(1) });
    } else if (inHunk && line.startsWith("\\")) {
      rows.push({ kind: "note", old: null, new: null, text: line.slice(2) });
    } else {
      inHunk = false;
      if (/^(Binary files|GIT binary patch)/.test(line)) binary = true;
      for (const [pattern, say] of FACTS) {
        const match = pattern.exec(line);
        if (match) facts.push(say(match));
      }
    }
  }
  return { rows, binary, facts };
}
