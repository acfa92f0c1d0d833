import { afterAll, beforeAll, expect, it } from "vitest";
import { type StartedWeb, startWeb } from "../support/start-web.ts";

let started: StartedWeb;
beforeAll(async () => {
  started = await startWeb();
});
afterAll(() => started.stop());

it("runs a submitted task to COMPLETE, as the seed's curl lines ask for it", async () => {
  expect(await (await started.fetch("/api/health")).json()).toEqual({
    status: "ok",
    namespace: "default",
    version: "0.0.0",
  });
  const answer = await started.post("/api/tasks", {
    task_group_id: "test",
    prompt: "Add the function hello",
  });
  expect(answer.status).toBe(201);
  const task = (await answer.json()) as { task_id: string };
  expect(task).toMatchObject({ task_id: "test.1", task_group_id: "test", prompt: "Add the function hello" });
  const groups = await (await started.fetch("/api/task-groups")).json();
  expect(groups).toMatchObject({ items: [{ task_group_id: "test" }], next_cursor: null });
  await started.until(task.task_id, "COMPLETE");
  expect(await (await started.fetch("/api/tasks/test.1")).json()).toMatchObject({ status: "COMPLETE" });
  expect(await (await started.fetch("/api/info")).json()).toMatchObject({
    principal: "local",
    counts: { COMPLETE: 1 },
  });
  expect(await (await started.fetch("/tasks/test.1")).text()).toContain("<div id=root>");
});
