import type { IncomingMessage } from "node:http";
import { RunnerError } from "@pm/core";
import { tagsOf } from "../http/etag.ts";
import type { TaskDescription } from "./describe-task.ts";

/**
 * The digest of the approval that a person saw: said in the body, as If-Match with the approval's ETag, or as If-Match with the
 * task's ETag, which covers it.
 * @returns null where none was named @throws RunnerError E473 where two are named that differ, or the task is another by now
 */
export function seenDigest(
  { headers }: Pick<IncomingMessage, "headers">,
  { task, approval, etag }: TaskDescription,
  digest: string | undefined,
): string | null {
  const tags = tagsOf(headers["if-match"]).filter((tag) => tag !== "*");
  const [tag] = tags;
  if (tag === undefined) return digest ?? null;
  const seen = tag === etag.slice(1, -1) ? (approval?.digest ?? null) : tag;
  const differs = tags.length > 1 || seen === null || (digest !== undefined && digest !== seen);
  if (differs) throw new RunnerError("E473", { what: `Task ${task.task_id}` });
  return seen;
}

/** Where a tag of what was seen is sent, it has to fit. @throws RunnerError E473 */
export function assertStillSeen(
  { headers }: Pick<IncomingMessage, "headers">,
  { task, approval, etag }: TaskDescription,
): void {
  const tags = tagsOf(headers["if-match"]);
  if (tags.length === 0 || tags.includes("*") || tags.includes(etag.slice(1, -1))) return;
  if (approval !== null && tags.includes(approval.digest)) return;
  throw new RunnerError("E473", { what: `Task ${task.task_id}` });
}
