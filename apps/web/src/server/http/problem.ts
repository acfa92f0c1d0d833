import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { ERROR_CODES, type ErrorCode, RunnerError, stripControl } from "@pm/core";
import type { Problem } from "../../contract/problem.ts";

export type FieldErrors = readonly { readonly path: string; readonly message: string }[];

const DETAIL_LIMIT = 4000;

const newRequestId = (): string => randomBytes(8).toString("hex");

/** @param requestId also in the server's log where it says anything of this request */
export function problemOf(error: RunnerError, requestId: string): Problem {
  const { errors } = error.data as { errors?: FieldErrors };
  return {
    type: `urn:pm:error:${error.code}`,
    title: ERROR_CODES[error.code].title,
    status: ERROR_CODES[error.code].http,
    // It may quote agents, files and the request.
    detail: stripControl(error.message).slice(0, DETAIL_LIMIT),
    instance: `urn:pm:request:${requestId}`,
    code: error.code,
    hint: stripControl(error.hint).slice(0, DETAIL_LIMIT),
    ...(errors && { errors: [...errors] }),
  };
}

/** What a client may do about it, for who does not read the body. */
const HEADERS: Partial<Record<ErrorCode, Readonly<Record<string, string>>>> = {
  E464: { "Retry-After": "60" },
  E465: { "Retry-After": "5" },
  E488: { "Retry-After": "5", Connection: "close" },
};

/**
 * Answers with what was thrown: an error of ours as it is, anything else as a fault. @returns the status
 * @param log gets a line for what is our fault
 */
export function answerProblem(
  request: IncomingMessage,
  response: ServerResponse,
  thrown: unknown,
  log: (line: string) => void,
): number {
  const requestId = newRequestId();
  const error = asRunnerError(thrown, request, requestId, log);
  // RFC 9110: a range that can't be had says how much there is.
  const extent = error.code === "E479" ? { "Content-Range": `bytes */${error.data.bytes}` } : {};
  sendProblem(response, error, requestId, extent);
  return ERROR_CODES[error.code].http;
}

/** Where the answer has begun it can only be cut off. */
export function sendProblem(
  response: ServerResponse,
  error: RunnerError,
  requestId = newRequestId(),
  headers: Readonly<Record<string, string>> = {},
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const problem = problemOf(error, requestId);
  const text = JSON.stringify(problem);
  for (const name of ["Content-Encoding", "ETag"]) response.removeHeader(name);
  response.writeHead(problem.status, {
    "Content-Type": "application/problem+json; charset=utf-8",
    "Content-Length": Buffer.byteLength(text),
    "Cache-Control": "no-store",
    ...HEADERS[error.code],
    ...headers,
  });
  response.end(text);
}

/** An error of ours as it is; anything else is a fault, of which the person gets a number and the log the kind and place. */
function asRunnerError(
  error: unknown,
  request: IncomingMessage,
  requestId: string,
  log: (line: string) => void,
): RunnerError {
  if (error instanceof RunnerError) {
    if (ERROR_CODES[error.code].http >= 500)
      log(`${requestId} ${request.method} ${pathOf(request)}: ${error.code}`);
    return error;
  }
  log(`${requestId} ${request.method} ${pathOf(request)}: ${faultOf(error)}`);
  return new RunnerError("E487", { reason: `the server's log says more under ${requestId}` }, error);
}

/** Its message could quote a body; the place in the code can't. */
function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { code } = error as NodeJS.ErrnoException;
  const place = error.stack?.split("\n").find((line) => line.startsWith("    at "));
  return [error.name, code, place?.trim()].filter((part) => part !== undefined).join(" ");
}

/** Without the query, and short. */
const pathOf = ({ url = "" }: IncomingMessage) =>
  (url.split("?", 1)[0] ?? "").replace(/[^\x21-\x7e]/g, "?").slice(0, 200);
