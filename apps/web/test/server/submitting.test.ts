import { afterAll, beforeAll, expect, it } from "vitest";
import { type StartedWeb, startWeb } from "../support/start-web.ts";

let started: StartedWeb;
beforeAll(async () => {
  started = await startWeb({ worker: false });
});
afterAll(() => started.stop());

type Json = Record<string, unknown>;
type Page = { items: Json[]; next_cursor: string | null };

async function submit(body: Json, key?: string, path = "/api/tasks") {
  const answer = await started.post(path, body, key === undefined ? {} : { "Idempotency-Key": key });
  return {
    status: answer.status,
    location: answer.headers.get("location"),
    body: (await answer.json()) as Json,
  };
}
const get = async <T = Page>(path: string) => (await (await started.fetch(path)).json()) as T;

it("makes an unknown group, says where the task is, and keeps all that was asked for", async () => {
  const asked = {
    prompt: "  do it ",
    kind: "change",
    scope: ["src/**"],
    checks: [["npm", "test"]],
    model: "m",
  };
  const answer = await submit({ task_group_id: "first", ...asked });
  expect(answer).toMatchObject({ status: 201, location: "/api/tasks/first.1" });
  expect(answer.body).toMatchObject({
    ...asked,
    prompt: "do it",
    task_id: "first.1",
    status: "QUEUED",
    provider: null,
  });
  expect(await get(answer.location ?? "")).toEqual(answer.body);
  expect((await submit({ prompt: "alone" })).body.task_group_id).toMatch(/^session-[a-z0-9]+$/);
});

it("gives the same answer for the same task under the same key, and refuses another one", async () => {
  for (const more of [{}, { task_group_id: "keyed" }]) {
    const key = `key-${Object.keys(more).length}`;
    const answers = await Promise.all([1, 2, 3].map(() => submit({ prompt: "once", ...more }, key)));
    expect(new Set(answers.map(({ body }) => body.task_id)).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(await submit({ prompt: "other", ...more }, key)).toMatchObject({
      status: 422,
      body: { code: "E415" },
    });
  }
  expect((await get("/api/task-groups/keyed/tasks")).items).toHaveLength(1);
  expect(await submit({ prompt: "x" }, "a b")).toMatchObject({ status: 400, body: { code: "E468" } });
  expect(await submit({ prompt: "x" }, "k".repeat(201))).toMatchObject({ status: 400 });
});

it("makes a group once", async () => {
  const body = { task_group_id: "made", prompt: "first" };
  expect(await submit(body, "g1", "/api/task-groups")).toMatchObject({
    status: 201,
    body: { task_id: "made.1" },
  });
  expect(await submit(body, "g1", "/api/task-groups")).toMatchObject({
    status: 201,
    body: { task_id: "made.1" },
  });
  expect(await submit(body, undefined, "/api/task-groups")).toMatchObject({
    status: 409,
    body: { code: "E475" },
  });
  const other = { ...body, prompt: "second" };
  expect(await submit(other, "g2", "/api/task-groups")).toMatchObject({
    status: 409,
    body: { code: "E475" },
  });
  expect((await get("/api/task-groups/made/tasks")).items).toHaveLength(1);
});

it("ends one task and not the group that has its id", async () => {
  await submit({ task_group_id: "twin", prompt: "one" });
  await submit({ task_group_id: "twin.1", prompt: "another" });
  const answer = await started.post("/api/tasks/twin.1/cancel", {});
  expect([answer.status, ((await answer.json()) as Json).status]).toEqual([200, "CANCELLED"]);
  expect(await get<Json>("/api/tasks/twin.1.1")).toMatchObject({ status: "QUEUED" });
});

it("goes through groups and tasks page by page, each once", async () => {
  for (let n = 0; n < 7; n += 1) await submit({ task_group_id: `page-${n}`, prompt: `task ${n}` });
  for (let n = 0; n < 5; n += 1) await submit({ task_group_id: "page-0", prompt: `more ${n}` });
  for (const path of [
    "/api/task-groups?",
    "/api/tasks?",
    "/api/tasks?state=QUEUED&",
    "/api/task-groups/page-0/tasks?",
  ]) {
    const seen: Json[] = [];
    let cursor = "";
    do {
      const page = await get(`${path}limit=2${cursor}`);
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items);
      cursor = page.next_cursor === null ? "" : `&cursor=${encodeURIComponent(page.next_cursor)}`;
    } while (cursor !== "");
    const all = await get(`${path}limit=100`);
    expect(seen).toEqual(all.items);
  }
  expect((await get("/api/tasks?state=COMPLETE")).items).toEqual([]);
  expect(await get("/api/tasks?cursor=nonsense")).toMatchObject({ status: 400, code: "E416" });
  for (const query of ["limit=0", "limit=101", "limit=x", "state=DONE", "limit=1&limit=2"])
    expect(await get(`/api/tasks?${query}`)).toMatchObject({ status: 400, code: "E471" });
});

it("refuses what is no task, and says of which field", async () => {
  for (const [body, path] of [
    [{}, "prompt"],
    [{ prompt: " " }, "prompt"],
    [{ prompt: 1 }, "prompt"],
    [{ prompt: "x", task_group_id: "../etc" }, "task_group_id"],
    [{ prompt: "x", kind: "other" }, "kind"],
    [{ prompt: "x", checks: [[]] }, "checks.0"],
    [{ prompt: "x", state: "COMPLETE" }, "state"],
  ] as const)
    expect(await submit(body)).toMatchObject({ status: 400, body: { code: "E468", errors: [{ path }] } });
});

it("keeps a secret out of the queue and of every answer", async () => {
  const { body } = await submit({ prompt: "use canary-0123456789abcdef now" });
  expect(JSON.stringify(body)).not.toContain("canary-0123456789abcdef");
});
