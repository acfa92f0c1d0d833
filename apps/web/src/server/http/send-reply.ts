import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Reply } from "../route.ts";
import { hasTag } from "./etag.ts";

/** Less is sent as fast as it is packed. */
const PACKED_FROM = 2048;
/** Quick rather than small: what is packed is made for one request. */
const PACKING = { level: 4 };
const pack = promisify(gzip);

/** @returns the status that was sent: 304 where the sender has it already. */
export async function sendReply(
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
): Promise<number> {
  const { status = 200, headers = {}, body, type } = reply;
  for (const name in headers) response.setHeader(name, headers[name] as string);
  const etag = headers.ETag;
  if (status === 200 && etag !== undefined && hasTag(request.headers["if-none-match"], etag))
    return end(response, 304);
  if (body === undefined) return end(response, status);
  let content = typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  response.setHeader("Content-Type", type ?? "application/json; charset=utf-8");
  // What can be had in parts is counted in its own bytes.
  if (content.length >= PACKED_FROM && headers["Accept-Ranges"] === undefined) {
    response.setHeader("Vary", "Accept-Encoding");
    if (takesGzip(request)) {
      content = await pack(content, PACKING);
      response.setHeader("Content-Encoding", "gzip");
    }
  }
  response.setHeader("Content-Length", Buffer.byteLength(content));
  response.statusCode = status;
  response.end(content);
  return status;
}

const takesGzip = ({ headers }: IncomingMessage) =>
  /(?:^|[\s,])gzip(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(String(headers["accept-encoding"] ?? ""));

function end(response: ServerResponse, status: number): number {
  response.statusCode = status;
  response.end();
  return status;
}
