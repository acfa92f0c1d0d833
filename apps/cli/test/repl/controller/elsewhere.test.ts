import { describe, expect, it } from "vitest";
import { PROMPT, replBench } from "./repl-bench.ts";

const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
};

describe("two REPLs of one namespace", () => {
  it("see each other's tasks live, and the one with a worker runs them", async () => {
    const without = replBench({ worker: false, delayMs: 200 });
    const printed = await without.typeAndWait(PROMPT);
    expect(printed).toContain("waits for a worker: none runs here");
    expect(without.controller.view()).toMatchObject({ worker: false, waiting: [{ state: "QUEUED" }] });

    const other = without.another();
    await other.controller.open();
    await until(() => without.controller.view().running.length === 1);
    expect(without.controller.view().running).toMatchObject([{ here: false, progress: null }]);
    await until(() => without.items.some(({ kind }) => kind === "result"));
    // Shown where it was typed, and where it ran.
    for (const bench of [without, other]) {
      const results = bench.items.flatMap((item) => (item.kind === "result" ? [item.result] : []));
      expect(results.map((result) => result.overall_status)).toEqual(["COMPLETE"]);
    }
    expect(without.attention).toEqual([`COMPLETE: ${PROMPT}`]);
    expect(without.items.filter(({ kind }) => kind === "phase")).toEqual([]);
    expect(other.items.filter(({ kind }) => kind === "phase")).toHaveLength(7);
    expect(await without.type("/status")).toContain("COMPLETE");
    expect(without.controller.view()).toMatchObject({ running: [], waiting: [] });
  });

  it("are told in a line of what another one submits", async () => {
    const mine = replBench({ worker: false });
    await mine.controller.open();
    const other = mine.another({ worker: false });
    await other.type("Task of the other");
    await until(() => mine.items.length > 0);
    expect(mine.items).toMatchObject([
      {
        kind: "notice",
        text: expect.stringMatching(/^session-\S+ was submitted elsewhere: Task of the other$/),
      },
    ]);
    expect(other.items.filter(({ kind }) => kind === "notice")).toHaveLength(1);
    expect(mine.controller.view().waiting).toMatchObject([{ summary: "Task of the other", state: "QUEUED" }]);
  });

  it("hand back what runs when one is closed, and the other goes on with it", async () => {
    const first = replBench({ delayMs: 400 });
    await first.type(PROMPT);
    await until(() => first.controller.view().running.length === 1);
    const other = first.another();
    await other.controller.open();
    await first.controller.close();
    await until(() => {
      const { running, waiting } = other.controller.view();
      return running.some(({ here }) => here) || waiting.some(({ state }) => state === "AWAITING_APPROVAL");
    });
    expect(first.controller.view().running).toEqual([]);
  });
});

describe("a typed task", () => {
  it("is on disk before its line is dealt with, and stays there when the REPL ends", async () => {
    const bench = replBench({ worker: false });
    await bench.type("Do it\nin two lines");
    await bench.controller.close();
    const other = bench.another({ worker: false });
    await other.controller.open();
    expect(other.controller.view().waiting).toMatchObject([
      { summary: "Do it in two lines", state: "QUEUED" },
    ]);
  });

  it("is shown with no control character of its text", async () => {
    const bench = replBench({ worker: false });
    await bench.type("Ring\u0007 the \u001b[31mbell\u202e");
    expect(bench.controller.view().waiting[0]?.summary).toBe("Ring the bell");
  });
});
