import { RunnerError } from "@pm/core";
import type { Request, RequestHandler } from "express";
import * as z from "zod";
import type { Access } from "../access/create-access.ts";
import type { Metrics } from "../metrics.ts";
import type { Call, Route } from "../route.ts";
import { parseWith } from "./parse-with.ts";
import { answerProblem } from "./problem.ts";
import { readBody } from "./read-body.ts";
import { sendReply } from "./send-reply.ts";

export interface ServeOptions {
  readonly access: Access;
  readonly metrics: Metrics;
  log(line: string): void;
}

const NOTHING = z.strictObject({});

/** Makes a row of the table a handler: who it is, then what is asked, then the answer or the problem. */
export function serveRoute(row: Route, { access, metrics, log }: ServeOptions): RequestHandler {
  const observe = metrics.observer(row.method, row.path);
  const parseCall = callParser(row);

  return async (request, response) => {
    const began = performance.now();
    try {
      const principal = row.access === "user" ? access.requirePrincipal(request) : null;
      const asked = await parseCall(request);
      const reply = await row.handle({ ...asked, principal, request, response });
      // A stream lasts as long as its reader likes: no duration of ours.
      if (reply === null) return;
      const status = await sendReply(request, response, reply);
      observe(status, performance.now() - began);
    } catch (error) {
      observe(answerProblem(request, response, error, log), performance.now() - began);
    }
  };
}

type Asked = Pick<Call<unknown, unknown, unknown>, "params" | "query" | "body">;

/** @throws RunnerError E413, E468–E471 */
function callParser({
  method,
  path,
  params,
  query,
  body = NOTHING,
}: Route): (request: Request) => Promise<Asked> {
  const what = path.startsWith("/api/task-groups") ? "group" : "task";
  const takesBody = method !== "GET";
  return async (request) => ({
    params: params && parseParams(params, request.params, what),
    query: query === undefined && !request.url.includes("?") ? {} : parseQuery(query ?? NOTHING, request),
    body: takesBody ? parseWith(body, await readBody(request), "E468", "body") : {},
  });
}

/** @throws RunnerError E413 */
function parseParams(schema: z.ZodType, given: Request["params"], what: string): unknown {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const name = String(parsed.error.issues[0]?.path[0] ?? "id");
  const value = JSON.stringify(String(given[name] ?? "").slice(0, 120));
  throw new RunnerError("E413", { value, what: name === "id" ? what : name });
}

/** @throws RunnerError E471 also where a field comes twice */
function parseQuery(schema: z.ZodType, { url }: Request): unknown {
  const at = url.indexOf("?");
  const pairs = at < 0 ? [] : [...new URLSearchParams(url.slice(at))];
  const fields = Object.fromEntries(pairs);
  if (Object.keys(fields).length !== pairs.length)
    throw new RunnerError("E471", { reason: "A field of the query comes twice." });
  return parseWith(schema, fields, "E471", "query");
}
