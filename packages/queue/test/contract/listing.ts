import type { Page, PageRequest, QueueState, TaskQueue } from "@pm/core";
import { describe, expect, it } from "vitest";
import { ANY, type Kit, outcome, running, skewedClock, submit } from "./kit.ts";

const code = (value: string) => expect.objectContaining({ code: value });
const word = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** Reads a list to its end, and checks that every page is within its limit. */
async function readAll<T>(
  read: (page: PageRequest) => Promise<Page<T>>,
  limit: number,
  between: (page: number) => Promise<unknown> = async () => undefined,
): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < 1_000; page++) {
    const { items, next_cursor } = await read({ limit, ...(cursor === undefined ? {} : { cursor }) });
    expect(items.length).toBeLessThanOrEqual(limit);
    all.push(...items);
    if (next_cursor === null) return all;
    expect(next_cursor).toMatch(/^[A-Za-z0-9_.~-]+$/);
    cursor = next_cursor;
    await between(page);
  }
  throw new Error("A list without an end");
}

/** Does `work` for 0…count-1, ten at a time. */
async function many(count: number, work: (i: number) => Promise<unknown>): Promise<void> {
  for (let i = 0; i < count; i += 10)
    await Promise.all(Array.from({ length: Math.min(10, count - i) }, (_, j) => work(i + j)));
}

const groupsOf = (queue: TaskQueue) => async (page: PageRequest) => {
  const { items, next_cursor } = await queue.listGroups(page);
  return { items: items.map(({ group_id }) => group_id), next_cursor };
};
const tasksOf =
  (queue: TaskQueue, filter: { groupId?: string; state?: QueueState } = {}) =>
  async (page: PageRequest) => {
    const { items, next_cursor } = await queue.listTasks(filter, page);
    return { items: items.map(({ task_id }) => task_id), next_cursor };
  };

export function describeListing(kit: Kit): void {
  describe("listing", () => {
    it("pages through 250 groups, each exactly once, newest first, also while others are made", async () => {
      const queue = await kit.open({ clock: skewedClock(0, 1_000) });
      const made = Array.from({ length: 250 }, (_, i) => `g${i}`);
      for (const id of made) await queue.createGroup(id);
      expect(await readAll(groupsOf(queue), 100)).toEqual([...made].reverse());
      let more = 0;
      const meanwhile = await readAll(groupsOf(queue), 30, () => queue.createGroup(`new-${more++}`));
      expect(meanwhile.filter((id) => id.startsWith("g"))).toEqual([...made].reverse());
      expect(new Set(meanwhile).size).toBe(meanwhile.length);
    });

    it("pages through the 250 tasks of a group in the order of their numbers, also while others come", async () => {
      const queue = await kit.open();
      const ids: string[] = [];
      for (let i = 0; i < 250; i++) ids.push(await submit(queue, "g"));
      await submit(queue, "other");
      expect(await readAll(tasksOf(queue, { groupId: "g" }), 100)).toEqual(ids);
      const meanwhile = await readAll(tasksOf(queue, { groupId: "g" }), 30, () => submit(queue, "g"));
      expect(meanwhile.slice(0, 250)).toEqual(ids);
      expect(new Set(meanwhile).size).toBe(meanwhile.length);
      expect(await readAll(tasksOf(queue, { groupId: "other" }), 1)).toEqual(["other.1"]);
    });

    it("pages through 250 tasks of a namespace, each exactly once, also while others come", async () => {
      const queue = await kit.open({ clock: skewedClock(0, 1_000) });
      const ids: string[] = [];
      for (let i = 0; i < 250; i++) ids.push(await submit(queue, `g${i % 50}`));
      const newestFirst = [...ids].reverse();
      for (const filter of [{}, { state: "QUEUED" as const }]) {
        const all = await readAll(tasksOf(queue, filter), 100);
        if (kit.harness().exactOrder) expect(all).toEqual(newestFirst);
        expect([...all].sort()).toEqual([...ids].sort());
        const distance = all.map((id, at) => Math.abs(at - newestFirst.indexOf(id)));
        expect(Math.max(...distance), "about newest first").toBeLessThan(100);
      }
      const meanwhile = await readAll(tasksOf(queue), 40, (page) => submit(queue, `later-${page}`));
      expect(meanwhile.filter((id) => id.startsWith("g")).sort()).toEqual([...ids].sort());
      expect(new Set(meanwhile).size).toBe(meanwhile.length);
    });

    it("shows by state what is in it, of a group and of all", async () => {
      const queue = await kit.open();
      const states = [
        "COMPLETE",
        "ERROR",
        "INVALID",
        "NO_EVIDENCE",
        "AWAITING_APPROVAL",
        "CANCELLED",
      ] as const;
      const expected: Record<string, string[]> = { RUNNING: [], QUEUED: [] };
      for (const state of states) {
        expected[state] = [];
        for (const group of ["a", "b"]) {
          const claim = await running(queue, `${group}-${state}`);
          await queue.finish(claim, { state, outcome: outcome() });
          expected[state]?.push(claim.taskId);
        }
      }
      expected.RUNNING?.push((await running(queue, "r")).taskId);
      expected.QUEUED?.push(await submit(queue, "r"), await submit(queue, "q"));
      for (const [state, ids] of Object.entries(expected)) {
        const filter = { state: state as QueueState };
        expect((await readAll(tasksOf(queue, filter), 1)).sort(), state).toEqual([...ids].sort());
        expect(await readAll(tasksOf(queue, { ...filter, groupId: "r" }), 10), state).toEqual(
          ids.filter((id) => id.startsWith("r.")),
        );
      }
      expect((await readAll(tasksOf(queue), 4)).sort()).toEqual(Object.values(expected).flat().sort());
    });

    it("finds the few of a state among the many of a group, with the limit that was asked for", async () => {
      const queue = await kit.open();
      const ids: string[] = [];
      for (let i = 0; i < 60; i++) ids.push(await submit(queue, "g"));
      const picked = [ids[7], ids[33], ids[59]] as string[];
      for (const id of picked) await queue.cancel(id, outcome());
      expect(await readAll(tasksOf(queue, { groupId: "g", state: "CANCELLED" }), 2)).toEqual(picked);
    });

    it("follows a task from state to state", async () => {
      const queue = await kit.open();
      const where = async () => {
        const found: QueueState[] = [];
        for (const state of ["QUEUED", "RUNNING", "AWAITING_APPROVAL", "COMPLETE"] as const)
          if ((await queue.listTasks({ state })).items.length > 0) found.push(state);
        return found;
      };
      await submit(queue, "g");
      expect(await where()).toEqual(["QUEUED"]);
      const { claim } = await kit.claimSoon(queue);
      expect(await where()).toEqual(["RUNNING"]);
      await queue.finish(claim, { state: "AWAITING_APPROVAL", outcome: outcome() });
      expect(await where()).toEqual(["AWAITING_APPROVAL"]);
      await queue.approve(claim.taskId);
      expect(await where()).toEqual(["QUEUED"]);
      const again = await kit.claimSoon(queue);
      await queue.finish(again.claim, { state: "COMPLETE", outcome: outcome() }, ANY);
      expect(await where()).toEqual(["COMPLETE"]);
    });

    it("gives 50 where no limit is asked for, at least 1 and at most 100", async () => {
      const queue = await kit.open();
      await many(120, (i) => submit(queue, `g${i}`));
      for (let i = 0; i < 110; i++) await submit(queue, "g");
      const lists = [
        (page?: PageRequest) => queue.listGroups(page),
        (page?: PageRequest) => queue.listTasks({ groupId: "g" }, page),
        (page?: PageRequest) => queue.listTasks({ state: "QUEUED" }, page),
      ];
      for (const list of lists) {
        expect((await list()).items).toHaveLength(50);
        expect((await list({ limit: 1 })).items).toHaveLength(1);
        expect((await list({ limit: 0 })).items).toHaveLength(1);
        expect((await list({ limit: 9_999 })).items).toHaveLength(100);
      }
    });

    it("shows what is in a task but its payload", async () => {
      const queue = await kit.open();
      const claim = await running(queue, "g");
      await queue.bind(claim, { sessionId: "session-1", place: "here", project: "project-b" });
      const { payload: _, ...shown } = await queue.get(claim.taskId);
      expect((await queue.listTasks({ groupId: "g" })).items).toEqual([shown]);
      expect((await queue.listTasks({ state: "RUNNING" })).items).toEqual([shown]);
    });

    it("is empty, not wrong, where there is nothing", async () => {
      const queue = await kit.open();
      expect(await queue.listGroups()).toEqual({ items: [], next_cursor: null });
      expect(await readAll(tasksOf(queue), 10)).toEqual([]);
      await queue.createGroup("g");
      expect(await queue.listTasks({ groupId: "g" })).toEqual({ items: [], next_cursor: null });
    });

    it("refuses with E416 a cursor that it did not give", async () => {
      const queue = await kit.open();
      for (let i = 0; i < 3; i++) await submit(queue, `g${i}`);
      for (let i = 0; i < 3; i++) await submit(queue, "g");
      const lists = {
        groups: (page: PageRequest) => queue.listGroups(page),
        tasks: (page: PageRequest) => queue.listTasks({ groupId: "g" }, page),
        all: (page: PageRequest) => queue.listTasks({}, page),
        state: (page: PageRequest) => queue.listTasks({ state: "QUEUED" }, page),
      };
      const odd = ["x", "%%%", "null", "🦊", "a".repeat(5_000), "'; drop table tasks; --"];
      const forged = [null, [], {}, "x", true, { __proto__: null }, [null], { a: { b: [1] } }].map(word);
      for (const [name, list] of Object.entries(lists)) {
        expect((await list({ limit: 1 })).next_cursor, name).not.toBeNull();
        for (const cursor of [...odd, ...forged])
          await expect(list({ cursor }), `${name} ${cursor.slice(0, 40)}`).rejects.toThrow(code("E416"));
      }
      const { next_cursor } = await queue.listGroups({ limit: 1 });
      await expect(queue.listTasks({ groupId: "g" }, { cursor: next_cursor ?? "" })).rejects.toThrow(
        code("E416"),
      );
    });
  });
}
