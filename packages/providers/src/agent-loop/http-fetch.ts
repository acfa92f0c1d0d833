/**
 * `fetch` for the APIs of models, over Node's own http.
 *
 * Invariants:
 * N1 it gives up on nothing by itself: the global fetch ends an answer after 300 silent seconds, and how long a model may
 *    be silent is the person's to say;
 * N2 every byte that comes is told, also those that mean nothing (a ping): they show that the API is alive;
 * N3 a redirect is not followed: it would take the key to another host.
 */
import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { CutOff } from "./read-answer.ts";

export type Fetch = typeof globalThis.fetch;

const BODYLESS = new Set([204, 205, 304]);

/** No answer came at all: no such host, refused, reset, a certificate that is not trusted. */
export class Unreachable extends Error {}

export function createHttpFetch(onBytes: () => void): Fetch {
  return (input, init = {}) =>
    new Promise((resolve, reject) => {
      const url = new URL(input instanceof Request ? input.url : input);
      const start = url.protocol === "https:" ? requestHttps : requestHttp;
      const headers = Object.fromEntries(new Headers(init.headers));
      const body = init.body ?? undefined;
      if (body !== undefined && typeof body !== "string") throw new TypeError("only text is sent");
      const signal = init.signal ?? undefined;
      const sent = start(url, {
        method: init.method ?? "GET",
        headers: body === undefined ? headers : { ...headers, "content-length": Buffer.byteLength(body) },
        ...(signal === undefined ? {} : { signal }),
      });
      sent.on("error", (error: NodeJS.ErrnoException) => {
        reject(signal?.aborted ? signal.reason : new Unreachable(reasonOf(error), { cause: error }));
      });
      sent.on("response", (answer) => {
        onBytes();
        resolve(toResponse(answer, onBytes));
      });
      sent.end(body);
    });
}

function toResponse(answer: IncomingMessage, onBytes: () => void): Response {
  const status = answer.statusCode ?? 500;
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  if (BODYLESS.has(status)) {
    answer.resume();
    return new Response(null, { status, headers });
  }
  return new Response(bodyOf(answer, onBytes), { status, headers });
}

function bodyOf(answer: IncomingMessage, onBytes: () => void): ReadableStream<Uint8Array> {
  let over = false;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      answer.on("data", (chunk: Buffer) => {
        if (over) return;
        onBytes();
        controller.enqueue(new Uint8Array(chunk));
        if ((controller.desiredSize ?? 0) <= 0) answer.pause();
      });
      answer.on("end", () => {
        if (!over) controller.close();
        over = true;
      });
      answer.on("error", (error) => {
        if (!over) controller.error(new CutOff(reasonOf(error), { cause: error }));
        over = true;
      });
    },
    pull() {
      answer.resume();
    },
    cancel() {
      over = true;
      answer.destroy();
    },
  });
}

/** An error of several addresses has no words of its own, but those of each. */
function reasonOf(error: Error): string {
  if (error instanceof AggregateError && error.message === "") {
    return [...new Set(error.errors.map((one: Error) => one.message))].join("; ");
  }
  return error.message;
}
