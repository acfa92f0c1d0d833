import { isRunnerError, RunnerError } from "@pm/core";
import { describe, expect, it } from "vitest";
import { type Kit, LEASE, outcome, payload, submission, submit } from "./kit.ts";

const code = (value: string) => expect.objectContaining({ code: value });

const ODD_GROUPS = [
  "a",
  "A",
  "a.1",
  "a.1.2",
  "1",
  "0",
  "a-_.",
  "constructor",
  "toString",
  "META",
  "x".repeat(100),
];
const BAD_GROUPS = [
  "",
  ".",
  "..",
  ".a",
  "-a",
  "_a",
  "a b",
  "a/b",
  "../a",
  "a#b",
  "a'b",
  "é",
  "a\n",
  "a\0",
  "🦊",
  "x".repeat(101),
];
const BAD_TASKS = [
  "",
  "g",
  "g.",
  ".1",
  "g.0",
  "g.01",
  "g.-1",
  "g.1.x",
  "g.1 ",
  "g.1\n",
  "g#1",
  "g.1e3",
  "g.9999999999999",
];

const HOSTILE = [
  "'; DROP TABLE tasks; --",
  '"quoted" \\ back\\slash `tick` $(x) %s {0}',
  "# T#1 | META | G#g\tP#1",
  "Grüße, 世界, 🦊👩‍👩‍👧, e\u0301, \u202Eright to left\u202C, zero\u200Bwidth",
  "first\r\nsecond\u2028third\u0085fourth",
  "\u001b[31mred\u001b[0m \u0007 bell",
  "__proto__",
  "null",
  "﻿bom",
];

export function describeStrings(kit: Kit): void {
  describe("ids and text", () => {
    it("keeps groups apart whose ids look alike, and tasks whose ids look like groups", async () => {
      const queue = await kit.open();
      for (const id of ODD_GROUPS) await submit(queue, id, { payload: payload(`of ${id}`) });
      for (const id of ODD_GROUPS) {
        const { items } = await queue.listTasks({ groupId: id });
        expect(items.map(({ group_id, summary }) => [group_id, summary])).toEqual([[id, `of ${id}`]]);
        const task = await queue.get(items[0]?.task_id ?? "");
        expect(task).toMatchObject({ task_id: `${id}.1`, group_id: id });
      }
      expect((await queue.listGroups()).items.map(({ group_id }) => group_id).sort()).toEqual(
        [...ODD_GROUPS].sort(),
      );
      for (const id of ODD_GROUPS) await queue.claim(`${id}.1`, LEASE);
    });

    it("refuses with E413 what is no group id", async () => {
      const queue = await kit.open();
      for (const id of BAD_GROUPS) {
        await expect(queue.createGroup(id), id).rejects.toThrow(code("E413"));
        await expect(queue.submit(submission(id)), id).rejects.toThrow(code("E413"));
        await expect(queue.listTasks({ groupId: id }), id).rejects.toThrow(code("E413"));
      }
      expect(await queue.listGroups()).toEqual({ items: [], next_cursor: null });
    });

    it("refuses with E413 what is no task id", async () => {
      const queue = await kit.open();
      await submit(queue, "g");
      for (const id of BAD_TASKS) {
        await expect(queue.get(id), id).rejects.toThrow(code("E413"));
        await expect(queue.claim(id, LEASE), id).rejects.toThrow(code("E413"));
        await expect(queue.cancel(id, outcome()), id).rejects.toThrow(code("E413"));
        await expect(queue.approve(id), id).rejects.toThrow(code("E413"));
      }
    });

    it("keeps every string as it is, wherever it stands", async () => {
      const queue = await kit.open();
      for (const [i, text] of HOSTILE.entries()) {
        const asked = payload(text, {
          scope: [text],
          checks: [[text, ""]],
          provider: text,
          model: text,
          requires: text,
        });
        const { task } = await queue.submit(
          submission(`g${i}`, { project: text, payload: asked, idempotencyKey: text }),
        );
        expect(task).toMatchObject({ project: text, payload: asked });
        const lease = { workerId: text, leaseMs: 1_000 };
        const { claim, task: claimed } = await kit.claimSoon(queue, { ...lease, projects: [text] });
        expect(claimed).toMatchObject({ payload: asked, claim: { worker_id: text } });
        await queue.bind(claim, { sessionId: text, place: text, project: `${text}!` });
        expect((await queue.running([`${text}!`])).map(({ task_id }) => task_id)).toEqual([task.task_id]);
        const said = outcome(text, {
          code: text,
          next_action: text,
          evidence_path: text,
          result_digest: text,
        });
        await queue.finish(claim, { state: "ERROR", outcome: said });
        expect(await queue.get(task.task_id)).toMatchObject({
          payload: asked,
          outcome: said,
          session: { session_id: text, place: text },
        });
      }
    });

    it("makes a summary of one line without control characters", async () => {
      const queue = await kit.open();
      for (const [i, text] of HOSTILE.entries()) {
        const { task } = await queue.submit(submission(`g${i}`, { payload: payload(text) }));
        expect(task.summary).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
        expect((await queue.get(task.task_id)).summary).toBe(task.summary);
      }
    });

    it("takes prompts of 100 KB, also of characters that need four bytes, and keeps them exactly", async () => {
      const queue = await kit.open();
      for (const prompt of ["x".repeat(100_000), "🦊".repeat(25_000), `"\\\n`.repeat(30_000)]) {
        const { task } = await queue.submit(submission("g", { payload: payload(prompt) }));
        expect((await queue.get(task.task_id)).payload.prompt === prompt).toBe(true);
        const { claim, task: claimed } = await queue.claim(task.task_id, LEASE);
        expect(claimed.payload.prompt === prompt).toBe(true);
        expect(claimed.summary.length).toBeLessThan(400);
        await queue.finish(claim, { state: "COMPLETE", outcome: outcome() });
      }
    });

    it("refuses a prompt with E414 or keeps it exactly, however long it is", async () => {
      const queue = await kit.open();
      for (const length of [390_000, 420_000, 2_000_000]) {
        const prompt = "é".repeat(length / 2);
        const submitted = await queue
          .submit(submission("g", { payload: payload(prompt) }))
          .catch((error: unknown) => error);
        if (isRunnerError(submitted)) {
          expect(submitted.code).toBe("E414");
          continue;
        }
        expect(submitted).not.toBeInstanceOf(Error);
        const { items } = await queue.listTasks({ groupId: "g" });
        const kept = await queue.get(items.at(-1)?.task_id ?? "");
        expect(kept.payload.prompt === prompt, `${length} bytes`).toBe(true);
      }
      const next = await queue.submit(submission("g", { payload: payload("still works") }));
      expect((await queue.get(next.task.task_id)).payload.prompt).toBe("still works");
    });

    it("keeps NUL and halves of surrogate pairs exactly, or refuses them: never something in between", async () => {
      const queue = await kit.open();
      for (const prompt of ["before\0after", "\0", "half \ud83e pair", "\udd8a"]) {
        const submitted = await queue
          .submit(submission("g", { payload: payload(prompt) }))
          .catch((error: unknown) => error);
        if (submitted instanceof Error) {
          expect(submitted).toBeInstanceOf(RunnerError);
          continue;
        }
        const { items } = await queue.listTasks({ groupId: "g" }, { limit: 100 });
        expect((await queue.get(items.at(-1)?.task_id ?? "")).payload.prompt).toBe(prompt);
      }
    });

    it("takes names of projects and workers as long as a path may be", async () => {
      const queue = await kit.open();
      const project = `/${"folder/".repeat(140)}`;
      const workerId = "w".repeat(300);
      const id = await submit(queue, "g", { project });
      await submit(queue, "h", { project: `${project}x` });
      const { task } = await kit.claimSoon(queue, { workerId, leaseMs: 1_000, projects: [project] });
      expect(task).toMatchObject({ task_id: id, project, claim: { worker_id: workerId } });
    });
  });
}
