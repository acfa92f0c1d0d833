import { createHash } from "node:crypto";
import type { TaskPayload } from "@pm/core";

/** sha256 over the fields in a fixed order: tells whether an idempotency key came with the same task again. */
export function payloadDigest(groupId: string, project: string, payload: TaskPayload): string {
  const { prompt, kind, scope, checks, provider, model, requires } = payload;
  const fields = [groupId, project, prompt, kind, scope, checks, provider, model, requires];
  return createHash("sha256").update(JSON.stringify(fields)).digest("hex");
}
