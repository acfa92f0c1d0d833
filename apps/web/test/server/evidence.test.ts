import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { taskViewSchema } from "@pm/core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Log, LogLines } from "../../src/contract/evidence.ts";
import { HOSTILE } from "../support/scripted-agent.ts";
import { type StartedWeb, startWeb } from "../support/start-web.ts";

let started: StartedWeb;
let path: string;
beforeAll(async () => {
  started = await startWeb();
  const id = await started.submit("Add the hostile function hello", "test");
  await started.until(id, "COMPLETE");
  path = `/api/tasks/${id}`;
});
afterAll(() => started.stop());

const get = (of: string, headers: Record<string, string> = {}) => started.fetch(`${path}${of}`, { headers });
const json = async <T>(of: string) => (await (await get(of)).json()) as T;
const logs = async () => (await json<{ items: Log[] }>("/logs")).items;
const logOf = async (kind: Log["kind"]) => (await logs()).find((log) => log.kind === kind)?.log_id ?? "";

it("shows what every requirement rests on, without a control character", async () => {
  const text = await (await get("/evidence")).text();
  const view = taskViewSchema.parse(JSON.parse(text));
  expect(view).toMatchObject({
    status: "COMPLETE",
    ref: "queue:default/test.1",
    requirements: [{ standing: "proven" }],
  });
  expect(text).not.toMatch(/\\u00(?!0a)[01]|\u202e/);
});

it("lists each log once, in words, and gives each of them out", async () => {
  const all = await logs();
  expect(all[0]).toMatchObject({ log_id: "journal", title: "Journal" });
  expect(all.map(({ title }) => title)).toContain("Execution S1: what the agent was asked");
  expect(all.map(({ title }) => title)).toContain("npm test on the result: output");
  for (const { log_id, bytes } of all) {
    const content = Buffer.from(await (await get(`/logs/${log_id}`)).arrayBuffer());
    expect(content.length).toBe(bytes);
  }
});

it("gives out ranges of bytes of the raw log", async () => {
  const raw = `/logs/${await logOf("transcript")}`;
  const whole = await get(raw);
  const etag = whole.headers.get("etag") ?? "";
  expect(whole.headers.get("content-disposition")).toContain("attachment");
  const text = Buffer.from(await whole.arrayBuffer());
  expect(text.toString()).toContain(HOSTILE);
  for (const [range, part, extent] of [
    ["bytes=0-9", text.subarray(0, 10), `bytes 0-9/${text.length}`],
    ["bytes=5-", text.subarray(5), `bytes 5-${text.length - 1}/${text.length}`],
    ["bytes=-4", text.subarray(-4), `bytes ${text.length - 4}-${text.length - 1}/${text.length}`],
    ["bytes=3-999999", text.subarray(3), `bytes 3-${text.length - 1}/${text.length}`],
  ] as const) {
    const answer = await get(raw, { Range: range });
    expect([answer.status, answer.headers.get("content-range")]).toEqual([206, extent]);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(part);
  }
  const beyond = await get(raw, { Range: `bytes=${text.length}-` });
  expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, `bytes */${text.length}`]);
  for (const headers of [
    { Range: "lines=1-2" },
    { Range: "bytes=0-1,3-4" },
    { Range: "bytes=0-1", "If-Range": '"x"' },
  ])
    expect((await get(raw, headers)).status).toBe(200);
  expect((await get(raw, { "If-None-Match": etag })).status).toBe(304);
});

it("shows lines without what acts on a page or terminal, but for colours, and finds what a person reads", async () => {
  const log = `/logs/${await logOf("transcript")}`;
  const { total, lines } = await json<LogLines>(`${log}/lines`);
  expect([total, lines[1]?.text]).toEqual([
    2,
    "<script>alert(1)</script><img src=x onerror=alert(1)> \u001b[31mred\u001b[0m  link gnp.exe end",
  ]);
  expect(await json(`${log}/lines?from=2&count=1`)).toEqual({ total: 2, lines: [lines[1]] });
  expect(await json(`${log}/lines?from=9`)).toEqual({ total: 2, lines: [] });
  expect(await json(`${log}/search?q=RED%20%20LINK`)).toEqual({ lines: [2], more: false });
  expect((await json<LogLines>("/logs/journal/lines?count=1")).lines[0]?.text).toContain("task submitted");
});

it("gives out no log of another task", async () => {
  const other = await started.submit("Add the function other", "other");
  await started.until(other, "COMPLETE");
  const mine = await logOf("prompt");
  for (const end of ["", "/lines", "/search?q=x"]) {
    const answer = await started.fetch(`/api/tasks/${other}/logs/${mine}${end}`);
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([404, "E476"]);
  }
});

it("packs what is long for who takes it so, but not what can be had in parts", async () => {
  const encoding = async (of: string, accepted: string) =>
    (await get(of, { "Accept-Encoding": accepted })).headers.get("content-encoding");
  expect(await encoding("/evidence", "gzip, br")).toBe("gzip");
  expect(await encoding("/evidence", "gzip;q=0")).toBeNull();
  expect(await encoding("/evidence", "identity")).toBeNull();
  expect(await encoding("/logs/journal", "gzip")).toBeNull();
});

it("gives out the change whole, or a file at a time", async () => {
  const whole = await get("/diff");
  expect(whole.headers.get("content-type")).toBe("text/x-diff; charset=utf-8");
  const patch = await whole.text();
  const parts = await Promise.all(
    ["src/hello.js", "test/hello.test.js"].map(async (file) => (await get(`/diff?path=${file}`)).text()),
  );
  expect(parts.join("")).toBe(patch);
  expect((await get("/diff?path=src/none.js")).status).toBe(404);
  expect((await get("/diff", { "If-None-Match": whole.headers.get("etag") ?? "" })).status).toBe(304);
  expect(await (await get("/report")).text()).toContain("# COMPLETE");
});

it("says where it is not here, not begun, or not what it was", async () => {
  const { queue, project } = started;
  const waiting = { ...(await queue.get("test.1")).payload };
  const { task } = await queue.submit({ groupId: "later", project: "/nowhere", payload: waiting });
  const codeOf = async (at: string) => ((await (await started.fetch(at)).json()) as { code: string }).code;
  expect(await codeOf(`/api/tasks/${task.task_id}/evidence`)).toBe("E476");
  const claimed = await queue.claim(task.task_id, { workerId: "elsewhere", leaseMs: 60_000 });
  const to = { sessionId: "session-elsewhere1", place: "abc:/nowhere", project: "/nowhere" };
  await queue.bind(claimed.claim, to);
  expect(await codeOf(`/api/tasks/${task.task_id}/evidence`)).toBe("E441");
  const stdout = await logOf("stdout");
  const blobs = join(project, ".pm/sessions", (await queue.get("test.1")).session?.session_id ?? "", "blobs");
  const file =
    readdirSync(blobs, { recursive: true, encoding: "utf8" }).find((name) => name.includes(stdout)) ?? "";
  writeFileSync(join(blobs, file), "altered");
  expect(await codeOf(`${path}/logs/${stdout}`)).toBe("E303");
  rmSync(join(blobs, file));
  expect(await codeOf(`${path}/logs/${stdout}`)).toBe("E301");
});
