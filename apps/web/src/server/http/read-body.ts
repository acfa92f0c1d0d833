import type { IncomingMessage } from "node:http";
import { RunnerError, stripToLine } from "@pm/core";
import { parseJson } from "./parse-json.ts";

export const BODY_LIMIT = 256 * 1024;

/**
 * Reads a JSON body. None at all is an empty object: what is missing in it is for the schema to say.
 * @throws RunnerError E468 not JSON, E469 too large, E470 not said to be JSON
 */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const { headers } = request;
  const {
    "content-type": type,
    "content-encoding": encoding = "identity",
    "content-length": length,
  } = headers;
  if (headers["transfer-encoding"] === undefined && (length === undefined || length === "0")) return {};
  if (type !== undefined && !JSON_TYPE.test(type)) throw notJson(stripToLine(type).slice(0, 200));
  if (encoding !== "identity") throw notJson(`compressed (${stripToLine(encoding).slice(0, 40)})`);
  if (Number(length ?? 0) > BODY_LIMIT) throw tooLarge();
  const bytes = await collect(request);
  if (bytes.length === 0) return {};
  if (type === undefined) throw notJson("of no type");
  return parseJson(bytes);
}

const JSON_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

const notJson = (type: string) => new RunnerError("E470", { type });
const tooLarge = () => new RunnerError("E469", { limit: BODY_LIMIT });

function collect(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const fail = (error: Error) => {
      // The rest is read and dropped, so that the sender gets to read why; the request's time limit ends that.
      request.removeAllListeners("data").resume();
      reject(error);
    };
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      chunks.push(chunk);
      if (bytes > BODY_LIMIT) fail(tooLarge());
    });
    request.once("end", () => resolve(Buffer.concat(chunks)));
    request.once("aborted", () => fail(new RunnerError("E468", { reason: "The body was cut off." })));
    request.once("error", () => fail(new RunnerError("E468", { reason: "The body was cut off." })));
  });
}
