import { type CapturedOutput, createOutputCapture, type Redactor } from "@pm/core";

const KEPT_BYTES = 256 * 1024;
const KEPT_STDERR_CHARS = 8 * 1024;

export interface Transcript {
  add(line: string): void;
  /** What was printed, redacted; head and tail where it was long, stderr at its end. */
  text(stderr: CapturedOutput): string;
}

/**
 * Collects an agent's lines for people. Each line is redacted whole, before anything is cut, so that no half of a
 * secret stays behind at a cut.
 */
export function createTranscript(redactor: Redactor | undefined): Transcript {
  const kept = createOutputCapture(KEPT_BYTES);
  const clean = (text: string) => redactor?.redact(text) ?? text;
  return {
    add(line) {
      kept.push(Buffer.from(`${clean(line)}\n`));
    },
    text(stderr) {
      const { head, tail, truncated, bytes } = kept.result();
      const gap = `\n[${bytes - head.length - tail.length} bytes left out]\n`;
      const body = truncated
        ? wholeLines(head, "head") + gap + wholeLines(tail, "tail")
        : head.toString("utf8");
      const words = clean(stderr.head.toString("utf8")).trim().slice(0, KEPT_STDERR_CHARS);
      return words === "" ? body : `${body}[stderr]\n${words}\n`;
    },
  };
}

/** A cut in the middle of a line would leave half a character or half a JSON object; the line goes instead. */
function wholeLines(part: Buffer, end: "head" | "tail"): string {
  const text = part.toString("utf8");
  if (end === "head") return text.slice(0, text.lastIndexOf("\n") + 1);
  return text.slice(text.indexOf("\n") + 1);
}
