import type { TaskOutcome } from "@pm/core";
import * as z from "zod";

export const storedOutcomeSchema = z.object({
  c: z.string().optional(),
  m: z.string(),
  n: z.string().optional(),
  e: z.string().optional(),
  d: z.union([z.string(), z.instanceof(Uint8Array)]).optional(),
});
type StoredOutcome = z.infer<typeof storedOutcomeSchema>;

// The outcome is what a person reads first; all of it is in the evidence. Each part bounded, a task stays about 1 KB.
const MESSAGE_BYTES = 300;
const WORD_BYTES = 1_024;

/** The outcome in its stored form: the message cut; what can't be cut without being wrong left out where it is too long. */
export function storedOutcome(outcome: TaskOutcome): StoredOutcome {
  const { code, message, next_action, evidence_path, result_digest } = outcome;
  const whole = (text: string | null) => text !== null && Buffer.byteLength(text) <= WORD_BYTES;
  return {
    m: cutBytes(message, MESSAGE_BYTES),
    ...(code !== null && whole(code) && { c: code }),
    ...(next_action !== null && whole(next_action) && { n: next_action }),
    ...(evidence_path !== null && whole(evidence_path) && { e: evidence_path }),
    ...(result_digest !== null && whole(result_digest) && { d: packDigest(result_digest) }),
  };
}

export function shownOutcome({ c, m, n, e, d }: StoredOutcome): TaskOutcome {
  return {
    code: c ?? null,
    message: m,
    next_action: n ?? null,
    evidence_path: e ?? null,
    result_digest: d === undefined ? null : typeof d === "string" ? d : Buffer.from(d).toString("hex"),
  };
}

/** Hexadecimal takes half the room as bytes; what is none stays as it is. */
function packDigest(digest: string): string | Uint8Array<ArrayBuffer> {
  return /^(?:[0-9a-f]{2})+$/.test(digest) ? new Uint8Array(Buffer.from(digest, "hex")) : digest;
}

function cutBytes(text: string, limit: number): string {
  if (Buffer.byteLength(text) <= limit) return text;
  const mark = "…";
  let bytes = Buffer.byteLength(mark);
  let kept = "";
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > limit) break;
    kept += character;
  }
  return kept + mark;
}
