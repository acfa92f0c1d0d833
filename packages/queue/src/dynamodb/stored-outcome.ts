import type { TaskOutcome } from "@pm/core";
import type { TaskItem } from "./task-item.ts";

// The outcome is what a person reads first; all of it is in the evidence. Each part bounded, a task stays about 1 KB.
const MESSAGE_BYTES = 300;
const WORD_BYTES = 1_024;

/** The outcome in its stored form: the message cut; what can't be cut without being wrong left out where it is too long. */
export function storedOutcome(outcome: TaskOutcome): NonNullable<TaskItem["out"]> {
  const { code, message, next_action, evidence_path, result_digest } = outcome;
  const whole = (text: string | null) => text !== null && Buffer.byteLength(text) <= WORD_BYTES;
  return {
    m: cutBytes(message, MESSAGE_BYTES),
    ...(code !== null && whole(code) && { c: code }),
    ...(next_action !== null && whole(next_action) && { n: next_action }),
    ...(evidence_path !== null && whole(evidence_path) && { e: evidence_path }),
    ...(result_digest !== null && whole(result_digest) && { d: result_digest }),
  };
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
