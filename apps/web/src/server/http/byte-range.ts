import { RunnerError } from "@pm/core";
import type { Reply } from "../route.ts";

const RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/;

/**
 * Answers with a part of the content where one is asked for. What is no single range of bytes is answered with all of it, as
 * RFC 9110 allows. @param ifRange the header of that name: another ETag means another content, so all of it is sent
 * @throws RunnerError E479 where the content does not reach that far
 */
export function replyWithRange(
  content: Buffer,
  reply: Reply & { readonly headers: Readonly<Record<string, string>> },
  range: string | undefined,
  ifRange: string | undefined,
): Reply {
  const headers: Record<string, string> = { ...reply.headers, "Accept-Ranges": "bytes" };
  const [, first = "", last = ""] = RANGE.exec(range ?? "") ?? [];
  const stale = ifRange !== undefined && ifRange !== headers.ETag;
  if ((first === "" && last === "") || stale) return { ...reply, headers, body: content };
  const size = content.length;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (start > end) throw new RunnerError("E479", { bytes: size });
  return {
    ...reply,
    status: 206,
    headers: { ...headers, "Content-Range": `bytes ${start}-${end}/${size}` },
    body: content.subarray(start, end + 1),
  };
}
