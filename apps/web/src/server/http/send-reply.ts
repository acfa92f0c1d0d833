import type { IncomingMessage, ServerResponse } from "node:http";
import type { Reply } from "../route.ts";
import { hasTag } from "./etag.ts";

/** @returns the status that was sent: 304 where the sender has it already. */
export function sendReply(request: IncomingMessage, response: ServerResponse, reply: Reply): number {
  const { status = 200, headers = {}, body, type } = reply;
  for (const name in headers) response.setHeader(name, headers[name] as string);
  const etag = headers.ETag;
  if (status === 200 && etag !== undefined && hasTag(request.headers["if-none-match"], etag))
    return end(response, 304);
  if (body === undefined) return end(response, status);
  const content = typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  response.setHeader("Content-Type", type ?? "application/json; charset=utf-8");
  response.setHeader("Content-Length", Buffer.byteLength(content));
  response.statusCode = status;
  response.end(content);
  return status;
}

function end(response: ServerResponse, status: number): number {
  response.statusCode = status;
  response.end();
  return status;
}
