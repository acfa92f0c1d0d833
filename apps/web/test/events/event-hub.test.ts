import { join } from "node:path";
import type { EngineEvent, JournalEvent } from "@pm/core";
import { openQueue } from "@pm/queue";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { tempFolder } from "../../../../test/support/temp-folder.ts";
import { createEventHub, type EventHubOptions } from "../../src/server/events/create-event-hub.ts";
import { type Message, serve } from "./support.ts";

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const activity = (line: string) => ({ type: "activity", task_id: "a.1", run_id: "r", line }) as const;

/** A hub on a queue in which nothing happens. */
async function setUp(limits: EventHubOptions["limits"] = {}) {
  const queue = await openQueue({ engine: "sqlite", home: join(tempFolder(), "home"), namespace: "default" });
  ends.push(() => queue.close());
  const hub = createEventHub({ engine: { journal: async () => [] }, queue, limits });
  const served = await serve(hub);
  ends.push(() => served.end());
  let published = 0;
  /** Publishes a message of its own number. */
  const say = (more = "") => {
    published += 1;
    hub.publish(activity(`${published}${more}`));
    return published;
  };
  return { hub, served, say };
}

const lines = (messages: readonly Message[]) =>
  messages.flatMap(({ event }) => (event.type === "activity" ? [event.line] : []));
const types = (messages: readonly Message[]) => messages.map(({ event }) => event.type);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));

describe("the event stream", () => {
  it("begins with an id to come back with, and may not be kept, changed or held back on the way", async () => {
    const { hub, served } = await setUp();
    hub.publish(activity("before"));
    const reader = await served.open();
    expect(reader.response.headers).toMatchObject({
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    });
    expect(reader.response.headers["content-encoding"]).toBeUndefined();
    await reader.until((messages) => messages.length >= 1);
    expect(types(reader.messages)).toEqual(["heartbeat"]);
    hub.publish(activity("after"));
    await reader.until((messages) => lines(messages).length === 1);
    expect(lines(reader.messages)).toEqual(["after"]);
    expect(reader.messages.map(({ n }) => n)).toEqual([1, 2]);
  });

  it("gives who comes back exactly what was missed, in order and once, whatever happens in between", async () => {
    const { served, say } = await setUp();
    let published = 0;
    const step = fc.oneof(
      fc.record({ kind: fc.constant("publish" as const), count: fc.integer({ min: 1, max: 30 }) }),
      fc.record({
        kind: fc.constant("leave" as const),
        by: fc.constantFrom("header" as const, "query" as const),
      }),
      fc.record({ kind: fc.constant("read" as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const begun = published;
        const got: Message[] = [];
        let reader = await served.open();
        await reader.until((messages) => messages.length > 0);
        let id = reader.messages[0]?.id ?? "";
        const leave = async () => {
          await reader.close();
          got.push(...reader.messages);
          id = reader.messages.at(-1)?.id ?? id;
        };
        for (const each of steps) {
          if (each.kind === "publish") for (let n = 0; n < each.count; n += 1) say();
          else if (each.kind === "read") await new Promise((resolve) => setTimeout(resolve, 1));
          else {
            await leave();
            reader = await served.open({ id, by: each.by });
          }
        }
        published = say();
        await reader.until((messages) => lines(messages).at(-1) === String(published));
        await leave();
        expect(types(got)).not.toContain("reset");
        expect(lines(got)).toEqual(upTo(published).slice(begun));
      }),
      { numRuns: 40 },
    );
  });

  it("says reset to an id of another run, of none, of the future or of too long ago, and goes on from there", async () => {
    const { served, say } = await setUp({ messages: 10 });
    const other = await setUp();
    for (let n = 1; n <= 30; n += 1) say();
    const first = await served.open();
    await first.until((messages) => messages.length > 0);
    const id = first.messages[0]?.id ?? "";
    const epoch = id.split("-")[0];
    const foreign = await other.served.open();
    await foreign.until((messages) => messages.length > 0);
    let published = 30;
    const wrong = [foreign.messages[0]?.id ?? "", `${epoch}-19`, `${epoch}-31000`, "nonsense", `${epoch}-`];
    for (const each of wrong) {
      const reader = await served.open({ id: each, by: "query" });
      await reader.until((messages) => messages.length > 0);
      published = say();
      await reader.until((messages) => messages.length > 1);
      expect(types(reader.messages)).toEqual(["reset", "activity"]);
      expect(reader.messages.map(({ n }) => n)).toEqual([published - 1, published]);
      await reader.close();
    }
    const kept = await served.open({ id: `${epoch}-${published - 10}` });
    await kept.until((messages) => messages.length >= 10);
    expect(lines(kept.messages)).toEqual(upTo(published).slice(-10));
  });

  it("cuts off who does not read, while the others get everything, and takes it back", async () => {
    const { hub, served, say } = await setUp();
    const reader = await served.open();
    await reader.until((messages) => messages.length >= 1);
    const deaf = await served.deaf();
    const text = ` ${"x".repeat(16 * 1024)}`;
    let gone = false;
    void deaf.closed.then(() => {
      gone = true;
    });
    let published = 0;
    // What the system's own buffers hold comes before the hub's limit.
    while (hub.stats().cutOff === 0 && published < 4000) {
      for (let n = 0; n < 20; n += 1) published = say(text);
      await reader.until((messages) => lines(messages).length === published);
    }
    expect(hub.stats()).toMatchObject({ cutOff: 1 });
    deaf.end();
    await deaf.closed;
    expect(gone).toBe(true);
    expect(lines(reader.messages).map((line) => line.split(" ")[0])).toEqual(upTo(published));
    const back = await served.open({ id: reader.messages.at(-3)?.id ?? "" });
    await back.until((messages) => messages.length >= 2);
    expect(hub.stats()).toMatchObject({ clients: 2 });
  });

  it("sends the whole of a long absence, though it is more than a client may leave unread", async () => {
    const { hub, served } = await setUp();
    const reader = await served.open();
    await reader.until((messages) => messages.length >= 1);
    await reader.close();
    while (hub.stats().clients > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    for (let n = 1; n <= 600; n += 1) hub.publish(activity(`${n} ${"y".repeat(20_000)}`));
    const back = await served.open({ id: reader.messages[0]?.id ?? "" });
    await back.until((messages) => lines(messages).length === 600);
    expect(lines(back.messages).map((line) => line.split(" ")[0])).toEqual(upTo(600));
    expect(hub.stats().cutOff).toBe(0);
  });

  it("lets a login have eight streams, and another one when one of them has ended", async () => {
    const { hub, served } = await setUp();
    const open = [];
    for (let n = 0; n < 8; n += 1) open.push(await served.open());
    const refused = await served.open();
    expect(refused.response.statusCode).toBe(429);
    expect((await served.open({ user: "another" })).response.statusCode).toBe(200);
    await open[0]?.close();
    while (hub.stats().clients > 8) await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await served.open()).response.statusCode).toBe(200);
    expect(hub.stats().clients).toBe(9);
  });

  it("tells what an agent did before the line of the journal that came after it, and only the last of much", async () => {
    const { hub, served } = await setUp();
    const reader = await served.open();
    const engine = (event: EngineEvent) => hub.onWorker({ kind: "engine", taskId: "a.1", event });
    const line = (seq: number, event: JournalEvent) =>
      engine({ kind: "journal", seq, at: new Date().toISOString(), event });
    const does = (runId: string, detail: string) =>
      engine({ kind: "activity", taskId: "task-1", runId, activity: { kind: "tool", name: "Read", detail } });
    const opened = { session_id: "session-1", project: "/p", pm_version: "1", provider: "none", model: null };
    line(1, { type: "session.opened", ...opened });
    for (const detail of ["a", "b", "c"]) does("run-1", detail);
    does("run-2", "d");
    line(2, { type: "provider.objected", task_id: "task-1", reason: "no" });
    await reader.until((messages) => messages.length >= 5);
    expect(types(reader.messages).slice(1)).toEqual(["journal", "activity", "activity", "journal"]);
    expect(lines(reader.messages)).toEqual(["Read c", "Read d"]);
  });

  it("beats", async () => {
    const { served } = await setUp({ heartbeatMs: 20 });
    const reader = await served.open();
    await reader.until((messages) => messages.length >= 4);
    expect(new Set(types(reader.messages))).toEqual(new Set(["heartbeat"]));
  });

  it("ends every stream when it is closed, leaves nothing behind, and takes nobody any more", async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const before = timers();
    const { hub, served } = await setUp();
    const readers = [await served.open(), await served.open()];
    hub.publish(activity("last"));
    expect(timers()).toBeGreaterThan(before);
    hub.close();
    for (const reader of readers) await reader.ended;
    hub.close();
    hub.publish(activity("too late"));
    hub.onWorker({ kind: "ended", taskId: "a.1", sessionId: "session-1", state: "COMPLETE", message: "" });
    expect(hub.stats()).toMatchObject({ clients: 0, published: 1 });
    expect((await served.open()).response.statusCode).toBe(429);
    await served.end();
    expect(timers()).toBeLessThanOrEqual(before);
    ends.pop();
  });
});
