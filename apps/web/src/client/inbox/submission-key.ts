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
  const [key, sent] = (JSON.parse(readStored(NAME) ?? "[]") as string[]) ?? [];
  if (key !== undefined && sent === body) return key;
  const fresh = newKey();
  writeStored(NAME, JSON.stringify([fresh, body]));
  return fresh;
}

/** It arrived: the same text again is another task. */
export const forgetSubmission = (): void => writeStored(NAME, null);
