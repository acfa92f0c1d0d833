/** T1…T4 of the writer, seen through an open queue, and through the lock that others hold. */
import { DatabaseSync } from "@photostructure/sqlite";
import type { TaskQueue } from "@pm/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSqliteQueue } from "../../src/sqlite/open-sqlite-queue.ts";
import { complete, NEXT, payload, type QueueFile, queueFile } from "./queue-file.ts";

describe("writing", () => {
  let file: QueueFile;
  let queue: TaskQueue;
  beforeEach(async () => {
    file = queueFile();
    queue = await openSqliteQueue({ path: file.path, namespace: "test" });
  });
  afterEach(async () => {
    await queue.close();
    file.remove();
  });
  const submit = (groupId: string, idempotencyKey?: string) =>
    queue.submit({
      groupId,
      project: "p",
      payload: payload(groupId),
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    });

  it("commits together what is asked for together, and what is refused takes nothing else with it", async () => {
    await submit("g", "key");
    const results = await Promise.allSettled([
      submit("a"),
      submit("b", "key"),
      submit("c"),
      queue.approve("g.1"),
      queue.claim("g.1", NEXT),
    ]);
    expect(results.map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "fulfilled",
      "rejected",
      "fulfilled",
    ]);
    expect(results[1]).toMatchObject({ reason: { code: "E415" } });
    expect(results[3]).toMatchObject({ reason: { code: "E411" } });
    expect((await queue.stats()).counts).toMatchObject({ QUEUED: 2, RUNNING: 1 });
  });

  it("lets the event loop go round while a flood is written", async () => {
    let beats = 0;
    const timer = setInterval(() => beats++, 1);
    await Promise.all(Array.from({ length: 2_000 }, (_, n) => submit(`g${n}`)));
    clearInterval(timer);
    expect(beats).toBeGreaterThan(10);
    expect((await queue.stats()).counts.QUEUED).toBe(2_000);
  });

  describe("while another program holds the lock", () => {
    let other: InstanceType<typeof DatabaseSync>;
    beforeEach(() => {
      other = new DatabaseSync(file.path);
      other.exec("BEGIN IMMEDIATE");
    });
    afterEach(() => other.close());

    it("waits for it without holding up the process, and reads meanwhile", async () => {
      const submitted = submit("g");
      let longest = 0;
      let before = performance.now();
      for (const end = before + 400; before < end; before = performance.now()) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        longest = Math.max(longest, performance.now() - before);
      }
      expect((await queue.stats()).counts.QUEUED).toBe(0);
      other.exec("ROLLBACK");
      expect((await submitted).task.task_id).toBe("g.1");
      expect(longest).toBeLessThan(200);
    });

    it("ends with E426 after ten seconds, and works again when the lock is free", async () => {
      await expect(submit("g")).rejects.toMatchObject({ code: "E426", data: { seconds: 10 } });
      other.exec("ROLLBACK");
      expect((await submit("g")).task.task_id).toBe("g.1");
    });
  });

  it("is finished before a queue closes, and refused afterwards with E420, like reading", async () => {
    const last = submit("g");
    await queue.close();
    expect((await last).created).toBe(true);
    await expect(submit("g")).rejects.toMatchObject({ code: "E420" });
    await expect(queue.get("g.1")).rejects.toMatchObject({ code: "E420" });
    expect(() => queue.watch({}, () => undefined)).toThrow(expect.objectContaining({ code: "E420" }));
    await queue.close();
  });

  it("needs no longer to end and claim with 10,000 tasks of one group waiting than with ten", async () => {
    const run = async (groupId: string, count: number) => {
      await Promise.all(Array.from({ length: count }, () => submit(groupId)));
      const times: number[] = [];
      for (let n = 0; n < 10; n++) {
        const got = await queue.claimNext(NEXT);
        if (!got) throw new Error("nothing to claim");
        const began = process.cpuUsage();
        await queue.finish(got.claim, complete);
        const { user, system } = process.cpuUsage(began);
        times.push(user + system);
      }
      return times.sort((a, b) => a - b)[5] ?? 0;
    };
    const few = await run("few", 10);
    expect(await run("many", 10_000)).toBeLessThan(5 * few + 2_000);
  });

  it("forgets after thirty days what has ended, and nothing else", async () => {
    let now = new Date("2026-01-01T00:00:00Z");
    const clock = { now: () => now };
    const early = await openSqliteQueue({ path: file.path, namespace: "test", clock });
    const ended = await early.submit({ groupId: "a", project: "p", payload: payload(), claim: NEXT });
    if (ended.claim) await early.finish(ended.claim, complete);
    await early.submit({ groupId: "b", project: "p", payload: payload() });
    await early.close();
    now = new Date("2026-01-30T00:00:00Z");
    const soon = await openSqliteQueue({ path: file.path, namespace: "test", clock });
    await soon.submit({ groupId: "c", project: "p", payload: payload() });
    await soon.close();
    expect((await queue.get("a.1")).state).toBe("COMPLETE");
    now = new Date("2026-02-01T00:00:00Z");
    const late = await openSqliteQueue({ path: file.path, namespace: "test", clock });
    await late.submit({ groupId: "d", project: "p", payload: payload() });
    await late.close();
    await expect(queue.get("a.1")).rejects.toMatchObject({ code: "E410" });
    expect(file.sql("SELECT count(*) AS count FROM payloads")).toEqual([{ count: 3 }]);
    expect((await queue.get("b.1")).state).toBe("QUEUED");
    expect((await submit("a")).task.task_id).toBe("a.2");
  });
});
