import { request } from "node:http";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { rawRequest } from "../support/raw-request.ts";
import { type StartedWeb, startWeb } from "../support/start-web.ts";

const LIMIT = 256 * 1024;
let started: StartedWeb;
beforeAll(async () => {
  started = await startWeb({ worker: false });
});
afterAll(() => started.stop());

async function codeOf(body: string | Buffer, headers: Record<string, string> = {}): Promise<string> {
  const asked = { method: "POST", path: "/api/tasks", body };
  const all = { "Content-Type": "application/json", ...headers };
  const { status, text } = await rawRequest(started.web.port, { ...asked, headers: all });
  return status === 201 ? "201" : (JSON.parse(text) as { code: string }).code;
}

/** A body without an announced length, for as long as the server reads. */
function endless(): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { "Content-Type": "application/json", "Transfer-Encoding": "chunked" };
    const { port } = started.web;
    const sent = request({ host: "localhost", port, path: "/api/tasks", method: "POST", headers });
    const timer = setInterval(() => sent.write("x".repeat(64 * 1024)), 1);
    sent.once("response", ({ statusCode }) => {
      clearInterval(timer);
      sent.destroy();
      resolve(statusCode ?? 0);
    });
    sent.once("error", reject);
  });
}

it("takes a task of nearly 256 KB, and not a byte more than that", async () => {
  const frame = Buffer.byteLength('{"prompt":"","x":""}');
  expect(await codeOf(JSON.stringify({ prompt: "p".repeat(199_000), task_group_id: "a" }))).toBe("201");
  expect(await codeOf(JSON.stringify({ prompt: "", x: "y".repeat(LIMIT - frame) }))).toBe("E468");
  expect(await codeOf(JSON.stringify({ prompt: "", x: "y".repeat(LIMIT - frame + 1) }))).toBe("E469");
  expect(await endless()).toBe(413);
});

it("opens nothing that is packed", async () => {
  const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024, "x"));
  expect(await codeOf(bomb, { "Content-Encoding": "gzip" })).toBe("E470");
});

it("takes JSON in UTF-8 and nothing else", async () => {
  const body = JSON.stringify({ prompt: "grüß dich" });
  expect(await codeOf(body, { "Content-Type": "application/json; charset=utf-8" })).toBe("201");
  for (const type of [
    "text/json",
    "application/json; charset=latin1",
    "application/x-www-form-urlencoded",
    "*/*",
  ])
    expect(await codeOf(body, { "Content-Type": type })).toBe("E470");
  expect(await codeOf(Buffer.from([0x7b, 0xff, 0x7d]))).toBe("E468");
  for (const text of ["nul", '{"prompt":"x"', '{"prompt":"x"}}', "[]", "null", "1"])
    expect(await codeOf(text)).toBe("E468");
});

it("is not thrown by depth or by names that objects have of themselves", async () => {
  const depth = 100_000;
  expect(await codeOf("[".repeat(depth) + "]".repeat(depth))).toBe("E468");
  expect(await codeOf('{"prompt":"x","checks":[[{"a":{"__proto__":{"admin":true}}}]]}')).toBe("E468");
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
});
