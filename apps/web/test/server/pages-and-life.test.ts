import { connect } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { rawRequest } from "../support/raw-request.ts";
import { type StartedWeb, startWeb } from "../support/start-web.ts";

let started: StartedWeb;
beforeAll(async () => {
  started = await startWeb({ worker: false, publicHosts: ["pm.example.com"] });
});
afterAll(() => started.stop());

const get = (path: string, headers: Record<string, string> = {}) =>
  rawRequest(started.web.port, { path, headers });

/** Bytes as they are. @returns all that came back until the connection ended */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("error", () => {});
    socket.once("close", () => resolve(answer));
  });
}

it("gives the one page for every link into it, also without a login", async () => {
  for (const path of ["/", "/tasks/test.1", "/groups/a.b", "/tasks/test.1?x=1"]) {
    const answer = await get(path);
    expect([answer.status, answer.text]).toEqual([200, expect.stringContaining("<div id=root>")]);
    expect(answer.headers["cache-control"]).toBe("no-cache");
  }
  const away = await rawRequest(started.web.port, { path: "/", host: "pm.example.com" });
  expect(away.status).toBe(200);
});

it("keeps what has a hash in its name for ever, and packs it", async () => {
  const answer = await get("/assets/index-a1B2c3D4.js", { "Accept-Encoding": "gzip" });
  expect(answer.headers).toMatchObject({
    "cache-control": "public, max-age=31536000, immutable",
    "content-encoding": "gzip",
    "content-type": expect.stringContaining("javascript"),
  });
  expect((await get("/icon.svg")).headers["cache-control"]).toBe("no-cache");
});

it("gives nothing that is not among the pages", async () => {
  const ups = [
    "/../package.json",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/assets/..%2f..%2fqueue.db",
    "/assets/%00",
    "/.hidden",
  ];
  for (const path of [...ups, "/%zz", "//etc/passwd", "/assets/none.js"]) {
    const { status, text } = await get(path);
    expect(text).not.toContain("root:");
    expect([path, [200, 404].includes(status)]).toEqual([path, true]);
    if (status === 200) expect(text).toContain("<div id=root>");
  }
  for (const path of [
    "/api",
    "/api/",
    "/api/none",
    "/api/tasks/",
    "/api/health/",
    "/API/health/x/../../api/none",
  ])
    if ((await get(path)).status === 200) expect(path.startsWith("/API")).toBe(true);
  expect((await get("/api/none")).json()).toMatchObject({ code: "E466" });
  expect((await get("/missing.png", { "Sec-Fetch-Dest": "image" })).status).toBe(404);
  const posted = await rawRequest(started.web.port, { method: "POST", path: "/" });
  expect([posted.status, posted.json().code]).toEqual([405, "E467"]);
});

it("answers what is no HTTP with a status and nothing more", async () => {
  const { port } = started.web;
  expect(await raw(port, "nonsense\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 /);
  expect(
    await raw(port, `GET / HTTP/1.1\r\nHost: localhost:${port}\r\nX: ${"y".repeat(20_000)}\r\n\r\n`),
  ).toMatch(/^HTTP\/1\.1 431 /);
  const both = "Content-Length: 2\r\nTransfer-Encoding: chunked";
  expect(await raw(port, `POST /api/tasks HTTP/1.1\r\nHost: localhost:${port}\r\n${both}\r\n\r\n{}`)).toMatch(
    /^HTTP\/1\.1 400 /,
  );
  expect(await raw(port, "GET /api/health HTTP/1.0\r\n\r\n")).toMatch(/^HTTP\/1\.1 403 /);
});

it("does not wait for ever for a request that does not end", async () => {
  const began = performance.now();
  const answer = await raw(started.web.port, "GET /api/health HTTP/1.1\r\nHost: loc");
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  expect(performance.now() - began).toBeLessThan(20_000);
});

it("answers what had begun and closes every connection when it stops", async () => {
  const other = await startWeb({ worker: false });
  const stream = await other.fetch("/api/events");
  const reader = stream.body?.getReader();
  const submitting = other.post("/api/tasks", { task_group_id: "last", prompt: "hello" });
  // Until the server has it.
  await new Promise((resolve) => setTimeout(resolve, 100));
  const idle = connect(other.web.port, "127.0.0.1");
  await new Promise((resolve) => idle.once("connect", resolve));
  const closed = new Promise((resolve) => idle.once("close", resolve));
  const began = performance.now();
  await other.web.stop(2000);
  expect(performance.now() - began).toBeLessThan(4000);
  expect((await submitting).status).toBe(201);
  expect((await other.queue.get("last.1")).state).toBe("QUEUED");
  await closed;
  await (async () => {
    while (!(await reader?.read())?.done);
  })().catch(() => {});
  await expect(other.fetch("/api/health")).rejects.toThrow();
  await other.stop();
});
