/**
 * The Idempotency-Key of a submission: the same text sent again after a failure keeps its key, so that it can't become two
 * tasks when only the answer was lost; another text gets another one.
 */
import { readStored, writeStored } from "../ui/stored.ts";

const NAME = "pm.submission";

function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function submissionKey(body: string): string {
  const [key, ...sent] = (readStored(NAME) ?? "").split("\n");
  if (key && sent.join("\n") === body) return key;
  const fresh = newKey();
  writeStored(NAME, `${fresh}\n${body}`);
  return fresh;
}

/** It arrived: the same text again is another task. */
export const forgetSubmission = (): void => writeStored(NAME, null);
