import { RunnerError } from "@pm/core";
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from "express";
import { pages } from "./http/pages.ts";
import { answerProblem, sendProblem } from "./http/problem.ts";
import { type ServeOptions, serveRoute } from "./http/serve-route.ts";
import type { Route } from "./route.ts";

/** Makes the table and the built pages an Express application: nothing else can be reached in it. */
export function makeApp(
  routes: readonly Route[],
  { assets, ...options }: ServeOptions & { readonly assets: string },
): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.set("query parser", false);
  app.enable("case sensitive routing");
  app.enable("strict routing");
  for (const [path, rows] of byPath(routes)) {
    const own = app.route(path);
    for (const row of rows) own[VERBS[row.method]](serveRoute(row, options));
    own.all(refuseOtherMethods(rows));
  }
  app.use(...pages(assets));
  app.use(answerFailure(options.log));
  return app;
}

const VERBS = { GET: "get", POST: "post", PATCH: "patch" } as const;

function byPath(routes: readonly Route[]): Map<string, Route[]> {
  const paths = new Map<string, Route[]>();
  for (const row of routes) paths.set(row.path, [...(paths.get(row.path) ?? []), row]);
  return paths;
}

function refuseOtherMethods(rows: readonly Route[]): RequestHandler {
  const allowed = rows.flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method])).join(", ");
  return function methodNotAllowed({ method, path }, response) {
    const error = new RunnerError("E467", { method, path: path.slice(0, 200), allowed });
    sendProblem(response, error, undefined, { Allow: allowed });
  };
}

/** What Express itself refuses (an address that can't be decoded, say) is nowhere. */
function answerFailure(log: (line: string) => void): ErrorRequestHandler {
  return (thrown: unknown, request, response, _next) => {
    const { status } = (thrown ?? {}) as { status?: unknown };
    const refused = !(thrown instanceof RunnerError) && typeof status === "number" && status < 500;
    const { method, path } = request;
    const error = refused ? new RunnerError("E466", { method, path: path.slice(0, 200) }) : thrown;
    answerProblem(request, response, error, log);
  };
}
