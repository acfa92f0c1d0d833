import { type CapturedOutput, createOutputCapture, type Redactor } from "@pm/core";

export interface Transcript {
  /** A line without its newline. */
  add(line: Buffer | string): void;
  /** What was printed, redacted; head and tail where it was long, stderr at its end. */
  text(stderr: CapturedOutput): string;
}

const KEPT_BYTES = 256 * 1024;
const LINE_BYTES = 32 * 1024;
const KEPT_STDERR_CHARS = 8 * 1024;
const NEWLINE = Buffer.from("\n");
/** What may be the first half of a secret. */
const UNFINISHED_WORD = /[A-Za-z0-9_\-+/=.%\\]*$/;

/**
 * Collects an agent's lines for people. Lines are kept as they came, which is cheap for a gigabyte of them, and
 * redacted when they are asked for; a cut is never made within a word, so that no half of a secret stays behind.
 */
export function createTranscript(redactor: Redactor | undefined): Transcript {
  const kept = createOutputCapture(KEPT_BYTES);
  const clean = (text: string) => redactor?.redact(text) ?? text;
  return {
    add(line) {
      const bytes = typeof line === "string" ? Buffer.from(line) : line;
      kept.push(bytes.length > LINE_BYTES ? cutLine(bytes) : bytes);
      kept.push(NEWLINE);
    },
    text(stderr) {
      const { head, tail, truncated, bytes } = kept.result();
      const gap = `\n[${bytes - head.length - tail.length} bytes left out]\n`;
      const body = truncated
        ? wholeLines(head, "head") + gap + wholeLines(tail, "tail")
        : head.toString("utf8");
      const words = clean(stderr.head.toString("utf8")).trim().slice(0, KEPT_STDERR_CHARS);
      return clean(body) + (words === "" ? "" : `[stderr]\n${words}\n`);
    },
  };
}

function cutLine(line: Buffer): Buffer {
  const start = line.subarray(0, LINE_BYTES).toString("utf8").replace(UNFINISHED_WORD, "");
  return Buffer.from(`${start} [${line.length} bytes, cut]`);
}

/** A cut in the middle of a line would leave half a word or half a character; the line goes instead. */
function wholeLines(part: Buffer, end: "head" | "tail"): string {
  const text = part.toString("utf8");
  if (end === "head") return text.slice(0, text.lastIndexOf("\n") + 1);
  return text.slice(text.indexOf("\n") + 1);
}
