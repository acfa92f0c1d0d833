/** Real processes on one file: nobody starves at its lock, and what was acknowledged survives a kill -9. */
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openSqliteQueue } from "../../src/sqlite/open-sqlite-queue.ts";
import { buildChildProgram, type ChildProgram } from "./child.ts";
import { payload, type QueueFile, queueFile } from "./queue-file.ts";

describe("processes that share a file", () => {
  let file: QueueFile;
  let program: ChildProgram;
  beforeAll(async () => {
    program = await buildChildProgram();
  });
  afterAll(() => program.remove());
  beforeEach(() => {
    file = queueFile();
  });
  afterEach(() => file.remove());

  it("take turns: of eight each gets its share, and none waits long", async () => {
    const TASKS = 8_000;
    const queue = await openSqliteQueue({ path: file.path, namespace: "test" });
    await Promise.all(
      Array.from({ length: TASKS }, (_, n) =>
        queue.submit({ groupId: `g${n}`, project: "p", payload: payload() }),
      ),
    );
    const children = Array.from({ length: 8 }, () => program.start("empty", file.path));
    const said = (await Promise.all(children.map((child) => child.said))).flat();
    const shares = said.flatMap(({ done }) => done ?? []);
    const waits = said.flatMap(({ worstMs }) => worstMs ?? []);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBe(TASKS);
    expect((await queue.stats()).counts.COMPLETE).toBe(TASKS);
    // An eighth is fair; they don't start at the same moment. Without turns some get next to nothing and wait for seconds.
    expect(Math.min(...shares)).toBeGreaterThan(TASKS / 40);
    expect(Math.max(...waits)).toBeLessThan(2_000);
    await queue.close();
  }, 120_000);

  it("lose nothing that was acknowledged when they are killed", async () => {
    for (let round = 0; round < 4; round++) {
      const children = Array.from({ length: 3 }, () => program.start("churn", file.path));
      await delay(500 + 100 * round);
      for (const child of children) child.process.kill("SIGKILL");
      const said = (await Promise.all(children.map((child) => child.said))).flat();
      const queue = await openSqliteQueue({ path: file.path, namespace: "test" });
      const submitted = said.flatMap(({ submitted }) => submitted ?? []);
      const finished = said.flatMap(({ finished }) => finished ?? []);
      expect(finished.length).toBeGreaterThan(0);
      expect(new Set(finished).size).toBe(finished.length);
      for (const id of submitted) expect(await queue.get(id)).toMatchObject({ task_id: id });
      for (const id of finished) expect(await queue.get(id)).toMatchObject({ state: "COMPLETE" });
      await queue.close();
      expect(file.sql("PRAGMA integrity_check")).toEqual([{ integrity_check: "ok" }]);
    }
  }, 60_000);
});
