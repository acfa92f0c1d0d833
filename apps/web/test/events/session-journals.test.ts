import type { JournalLine, QueueTask } from "@pm/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSessionJournals } from "../../src/server/events/session-journals.ts";

const SESSION = "session-1";
const task = (state: QueueTask["state"]) =>
  ({
    task_id: "g.1",
    state,
    updated_at: new Date().toISOString(),
    session: { session_id: SESSION },
  }) as QueueTask;

function lineOf(seq: number): JournalLine {
  const common = { seq, prev: "", at: new Date().toISOString() };
  if (seq > 1) return { ...common, event: { type: "provider.objected", task_id: "task-1", reason: "" } };
  const submitted = { prompt: "x", kind: "change" as const, scope: [], checks: [], ref: "queue:default/g.1" };
  return { ...common, event: { type: "task.submitted", task_id: "task-1", ...submitted } };
}

/** `written`: a line comes to the file; `heard`: to the file, and from the worker of this process. */
const step = fc.oneof(
  fc.record({
    kind: fc.constantFrom("written" as const, "heard" as const),
    count: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({ kind: fc.constant("again" as const), seq: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ kind: fc.constantFrom("news" as const, "pause" as const, "read" as const) }),
);

describe("following journals", () => {
  it("tells each line once and in order, however what is heard and what is read come together", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.boolean(), async (steps, isHere) => {
        const file: JournalLine[] = [];
        const told: [string | null, number][] = [];
        let reads: (() => void)[] = [];
        const journals = createSessionJournals({
          engine: {
            // As long under way as the steps want, with what was there when it began.
            journal: (_, after) =>
              new Promise((resolve) => {
                const lines = file.slice(after);
                reads.push(() => resolve(lines));
              }),
          },
          tell: (_, taskId, { seq }) => told.push([taskId, seq]),
        });
        const settle = () => new Promise((resolve) => setImmediate(resolve));
        const read = async () => {
          const due = reads;
          reads = [];
          for (const finish of due) finish();
          await settle();
        };
        try {
          if (isHere) journals.began("g.1");
          journals.note(task("RUNNING"));
          for (const each of steps) {
            if ("count" in each)
              for (let n = 0; n < each.count; n += 1) {
                const line = lineOf(file.length + 1);
                file.push(line);
                if (isHere && each.kind === "heard") journals.line("g.1", line);
              }
            else if (each.kind === "news") journals.note(task("RUNNING"));
            else if (each.kind === "pause") await settle();
            else if (each.kind === "read") await read();
            else if ("seq" in each) {
              const line = file[each.seq - 1];
              if (line) journals.line("g.1", line);
            }
          }
          if (isHere) journals.ended("g.1", SESSION);
          else journals.note(task("COMPLETE"));
          await settle();
          while (reads.length > 0) await read();
          expect(told).toEqual(file.map(({ seq }) => ["g.1", seq]));
        } finally {
          journals.close();
        }
      }),
      { numRuns: 300 },
    );
  });
});
