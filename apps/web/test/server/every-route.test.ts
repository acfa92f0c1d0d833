import { ERROR_CODES } from "@pm/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { problemSchema } from "../../src/contract/problem.ts";
import type { Route } from "../../src/server/route.ts";
import { type RawAnswer, type RawRequest, rawRequest } from "../support/raw-request.ts";
import { SECRET, type StartedWeb, startWeb } from "../support/start-web.ts";
import { tableOf } from "../support/table-of.ts";

const TUNNEL = "pm.example.com";
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"];
const JSON_TYPE = { "Content-Type": "application/json" };

/** What each route of a write is right with; a new one has to be added here. */
const BODIES: Readonly<Record<string, unknown>> = {
  "POST /api/login": { token: "x" },
  "POST /api/logout": {},
  "POST /api/login-links": {},
  "POST /api/task-groups": { prompt: "hello" },
  "POST /api/tasks": { prompt: "hello" },
  "PATCH /api/tasks/:id/status": { status: "QUEUED", digest: "x" },
  "POST /api/tasks/:id/cancel": {},
  "POST /api/tasks/:id/approve": { digest: "x" },
  "POST /api/tasks/:id/waive": { digest: "x", note: "fine" },
  "POST /api/tasks/:id/retry": {},
};
const QUERIES: Readonly<Record<string, string>> = { "/api/tasks/:id/logs/:log/search": "?q=x" };

let started: StartedWeb;
let table: ReturnType<typeof tableOf>;
let taskId: string;
const rows = await namesOfRows();

beforeAll(async () => {
  started = await startWeb({ worker: false, publicHosts: [TUNNEL] });
  table = tableOf(started);
  taskId = await started.submit("hello", "test");
});
afterAll(async () => {
  table.end();
  await started.stop();
});

/** Before any test is known, so that each row is a test of its own. */
async function namesOfRows(): Promise<string[]> {
  const once = await startWeb({ worker: false });
  const { routes, end } = tableOf(once);
  end();
  await once.stop();
  return routes.map(({ method, path }) => `${method} ${path}`);
}

function rowOf(name: string): Route {
  const row = table.routes.find(({ method, path }) => `${method} ${path}` === name);
  if (row === undefined) throw new Error(`no row ${name}`);
  return row;
}

const addressOf = (path: string, id = taskId) =>
  path.replace(":id", groupOr(path, id)).replace(":log", "journal");
const groupOr = (path: string, id: string) =>
  path.startsWith("/api/task-groups") ? id.replace(/\.\d+$/, "") : id;

/** As a program on this machine calls it, but for what is given. */
function call({ method, path }: Route, changed: Partial<RawRequest> = {}): Promise<RawAnswer> {
  const body =
    method === "GET" ? {} : { body: JSON.stringify(BODIES[`${method} ${path}`]), headers: JSON_TYPE };
  const headers = { ...body.headers, ...changed.headers };
  const address = addressOf(path) + (QUERIES[path] ?? "");
  return rawRequest(started.web.port, { method, path: address, ...body, ...changed, headers });
}

function expectProblem(answer: RawAnswer, code: string, status?: number): void {
  expect(answer.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
  const problem = problemSchema.parse(answer.json());
  expect(problem).toMatchObject({ code, status: answer.status });
  if (status !== undefined) expect(answer.status).toBe(status);
  expectProtected(answer);
}

function expectProtected({ headers, text }: RawAnswer): void {
  expect(headers["content-security-policy"]).toContain("default-src 'none'");
  expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["referrer-policy"]).toBe("no-referrer");
  expect(headers["cross-origin-resource-policy"]).toBe("same-origin");
  for (const name of ["access-control-allow-origin", "x-powered-by", "server"])
    expect(headers[name]).toBeUndefined();
  expect(text).not.toContain(SECRET);
}

it("has no way in but the rows of the table, the pages and the answer to failures", () => {
  const layers = (table.app as unknown as { router: { stack: Layer[] } }).router.stack;
  const paths = layers.flatMap(({ route }) => (route === undefined ? [] : [route.path]));
  expect(new Set(paths)).toEqual(new Set(table.routes.map(({ path }) => path)));
  for (const { route } of layers) {
    if (route === undefined) continue;
    const methods = route.stack.flatMap(({ method }) => (method === undefined ? [] : [method.toUpperCase()]));
    const wanted = table.routes.filter(({ path }) => path === route.path).map(({ method }) => method);
    expect(methods.sort()).toEqual(wanted.sort());
  }
  const others = layers.filter(({ route }) => route === undefined).map(({ name }) => name);
  expect(others).toEqual(["onlyPages", "compression", "serveStatic", "onePage", "<anonymous>"]);
});

interface Layer {
  readonly name: string;
  readonly route?: { readonly path: string; readonly stack: readonly { readonly method?: string }[] };
}

it("names each row's policy", () => {
  const open = table.routes.filter(({ access }) => access === "anyone").map(({ path }) => path);
  expect(open).toEqual(["/api/health", "/api/login"]);
});

describe.each(rows)("%s", (name) => {
  it("answers a program on this machine as its row says", async () => {
    const row = rowOf(name);
    const answer = await call(row);
    expectProtected(answer);
    const said = row.answers.find(({ status }) => status === answer.status);
    if (said === undefined) {
      const { code } = problemSchema.parse(answer.json());
      expect(row.errors).toContain(code);
      return;
    }
    expect(answer.headers["content-type"] ?? "").toContain(
      answer.status === 204 ? "" : (said.type ?? "application/json"),
    );
    if (said.schema !== undefined && said.type === undefined) said.schema.parse(answer.json());
  });

  it("refuses other methods", async () => {
    const row = rowOf(name);
    const has = table.routes.filter(({ path }) => path === row.path).map(({ method }) => method as string);
    for (const method of METHODS.filter((one) => !has.includes(one))) {
      const answer = await rawRequest(started.web.port, { method, path: addressOf(row.path) });
      expectProblem(answer, "E467", 405);
      expect(String(answer.headers.allow).split(", ")).toEqual(expect.arrayContaining(has));
    }
    if (row.method !== "GET") return;
    const [head, get] = [await call(row, { method: "HEAD" }), await call(row)];
    expect([head.status, head.text]).toEqual([get.status, ""]);
  });

  it("refuses bodies and queries that it does not know", async () => {
    const row = rowOf(name);
    expectProblem(await call(row, { path: `${addressOf(row.path)}?nonsense=1` }), "E471", 400);
    if (row.method === "GET") return;
    const body = { ...(BODIES[name] as object), nonsense: 1 };
    const answer = await call(row, { body: JSON.stringify(body) });
    expectProblem(answer, "E468", 400);
    expect(answer.json()).toMatchObject({ errors: [{ path: "nonsense" }] });
    expectProblem(await call(row, { body: "{" }), "E468", 400);
    expectProblem(await call(row, { body: '"text"' }), "E468", 400);
    for (const key of ["__proto__", "constructor", "prototype"])
      expectProblem(await call(row, { body: `{"${key}":{"a":1}}` }), "E468", 400);
    expectProblem(await call(row, { headers: { "Content-Type": "text/plain" } }), "E470", 415);
    expectProblem(await call(row, { body: "x".repeat(256 * 1024 + 1) }), "E469", 413);
  });

  it("knows ids that are none, and those of nobody", async () => {
    const row = rowOf(name);
    if (row.params === undefined) return;
    const unknown = await call(row, { path: addressOf(row.path, "nobody.1") + (QUERIES[row.path] ?? "") });
    expectProblem(unknown, "E410", 404);
    const bad = [
      "..",
      "%2e%2e",
      "..%2f..%2fetc%2fpasswd",
      "%00",
      "a%0d%0ab",
      "%zz",
      "%ff",
      "<b>",
      "a".repeat(300),
    ];
    for (const id of bad) {
      const answer = await call(row, { path: row.path.replace(":id", id).replace(":log", "journal") });
      expect([400, 404]).toContain(answer.status);
      expectProblem(answer, answer.status === 400 ? "E413" : "E466");
    }
    if (!row.path.includes(":log")) return;
    const log = await call(row, { path: row.path.replace(":id", taskId).replace(":log", "..%2fjournal") });
    expectProblem(log, "E413", 400);
  });

  it("wants a login from everywhere else", async () => {
    const row = rowOf(name);
    const from = (changed: Partial<RawRequest>) => call(row, changed);
    const outside = [
      await from({ host: TUNNEL }),
      await from({ host: TUNNEL, headers: { Origin: `https://${TUNNEL}` } }),
      await from({ headers: { "X-Forwarded-For": "203.0.113.9" } }),
      await from({ headers: { Forwarded: "for=203.0.113.9" } }),
      await from({ headers: { "CF-Connecting-IP": "203.0.113.9" } }),
      await from({ headers: { Via: "1.1 proxy" } }),
      await from({
        host: TUNNEL,
        headers: { Cookie: `pm-${started.web.port}=a.b; __Host-pm-${started.web.port}=` },
      }),
    ];
    for (const answer of outside) {
      if (row.access === "user") expectProblem(answer, "E462", 401);
      else expect(answer.text).not.toContain("E462");
      expect(answer.text).not.toContain(started.project);
    }
  });

  it("answers under no other Host", async () => {
    const row = rowOf(name);
    const { port } = started.web;
    const own = `localhost:${port}`;
    const hosts = [
      ...["evil.example", `evil.example:${port}`, `localhost.evil.example:${port}`, `localhost.:${port}`],
      ...[
        `${TUNNEL}.`,
        `${TUNNEL}.evil.example`,
        `evil${TUNNEL}`,
        `${TUNNEL}:${port}`,
        "localhost",
        `127.0.0.2:${port}`,
      ],
      ...[`localhost:${port + 1}`, `user@${own}`, "", `0.0.0.0:${port}`, `[::]:${port}`],
    ];
    for (const host of [...hosts, null, [own, own], [own, "evil.example"]])
      expectProblem(await call(row, { host }), "E460", 403);
    for (const host of [`127.0.0.1:${port}`, `[::1]:${port}`, own.toUpperCase()])
      expect((await call(row, { host })).status).not.toBe(403);
  });

  it("answers no other site", async () => {
    const row = rowOf(name);
    const { port } = started.web;
    const origins = [
      "null",
      "http://localhost",
      `http://localhost:${port + 1}`,
      `http://localhost.evil:${port}`,
    ];
    const more = [
      `https://localhost:${port}`,
      `http://127.0.0.1:${port}`,
      `https://${TUNNEL}`,
      "https://evil.example",
    ];
    for (const Origin of [...origins, ...more])
      expectProblem(await call(row, { headers: { Origin } }), "E461", 403);
    expectProblem(
      await call(row, { host: TUNNEL, headers: { Origin: `http://localhost:${port}` } }),
      "E461",
      403,
    );
    if (row.path.startsWith("/api"))
      for (const site of ["cross-site", "same-site"])
        expectProblem(await call(row, { headers: { "Sec-Fetch-Site": site } }), "E461", 403);
    const own = await call(row, {
      headers: { Origin: `http://localhost:${port}`, "Sec-Fetch-Site": "same-origin" },
    });
    expect(own.status).not.toBe(403);
  });
});

it("has an HTTP status for each code that a row names", () => {
  for (const { errors } of table.routes)
    for (const code of errors) expect(ERROR_CODES[code].http).toBeGreaterThan(399);
});
