import type { AgentRunRequest } from "@pm/core";
import { createWorker, placeOf, type WorkerEvent } from "@pm/queue";
import { afterEach, describe, expect, it } from "vitest";
import { type Bench, EACH_ITS_OWN, makeBench, task } from "../../../../test/integration/queue/support.ts";
import type { StreamEvent } from "../../src/contract/events.ts";
import { createEventHub } from "../../src/server/events/create-event-hub.ts";
import { type Message, type StreamReader, serve } from "./support.ts";

type Script = Parameters<typeof makeBench>[0];
type Act = Exclude<Script["PLANNING"], undefined | ((request: AgentRunRequest) => unknown)>;

const KEY = `sk-ant-api03-${"a1B2".repeat(20)}`;

/** Plans like the honest agent, and talks while it does. */
function chatty(request: AgentRunRequest): Act {
  request.onActivity({ kind: "tool", name: "Read", detail: "lost: the next one comes at once" });
  const text = `\u001b[31mThe key\nis ${KEY}\u202e\u0007 ${"long ".repeat(1000)}`;
  request.onActivity({ kind: "text", text });
  const script = EACH_ITS_OWN.PLANNING;
  return typeof script === "function" ? script(request) : (script ?? {});
}

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

type Of<T extends StreamEvent["type"]> = Extract<StreamEvent, { type: T }>;
const all = <T extends StreamEvent["type"]>(messages: readonly Message[], type: T) =>
  messages.flatMap(({ event }) => (event.type === type ? [event as Of<T>] : []));

async function setUp(script: Script) {
  const bench = await makeBench(script);
  ends.unshift(() => bench.end());
  /** The hub of a server that starts now. */
  const open = async () => {
    const hub = createEventHub({ engine: bench.queued, queue: bench.queue });
    const served = await serve(hub);
    ends.push(() => served.end());
    return { hub, reader: await served.open() };
  };
  /** A worker in the server's own process. */
  const ownWorker = async (onEvent: (event: WorkerEvent) => void) => {
    const places = [await placeOf("sqlite", bench.home, bench.project)];
    const { engine, queue } = bench;
    const worker = createWorker({ engine, queue, places, concurrency: 2, onEvent });
    ends.push(() => worker.stop(0));
  };
  return { bench, open, ownWorker };
}

async function submit(bench: Bench, group: string, name: string): Promise<string> {
  const [made] = await bench.queued.enqueue({
    ...{ project: bench.project, sessionId: group, tasks: [task(name)] },
  });
  return made?.task_id ?? "";
}

/** It is seen within a second (B3); a busy machine gets another one, and a lease that is renewed comes later than that. */
const SOON_MS = 3000;
function expectSoon(messages: readonly Message[]) {
  for (const { event, heardAt } of messages)
    if (event.type === "journal") expect(heardAt - Date.parse(event.at)).toBeLessThan(SOON_MS);
}

/** What one side waits for and the other opens; at the end of the test it is open in any case. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  ends.push(async () => open());
  return { open, opened };
}

const ended = (reader: StreamReader, taskId: string) =>
  reader.until((messages) =>
    all(messages, "task").some(
      ({ task: { task_id, status } }) => task_id === taskId && status === "COMPLETE",
    ),
  );

/** What was told of a session's journal is what is in it from a line on, each once and in order. */
async function expectJournal(bench: Bench, messages: readonly Message[], sessionId: string, from = 1) {
  const told = all(messages, "journal").filter((event) => event.session_id === sessionId);
  const lines = (await bench.engine.journal(sessionId, 0)).slice(from - 1);
  expect(told.map(({ seq, event }) => [seq, event])).toEqual(
    lines.map(({ seq, event }) => [seq, event.type]),
  );
  return told;
}

describe("what the stream hears of", () => {
  it("are the tasks and journals of other processes, while they run", async () => {
    const release = gate();
    const { bench, open } = await setUp({
      ...EACH_ITS_OWN,
      TASK_DECOMPOSITION: { ...(EACH_ITS_OWN.TASK_DECOMPOSITION as object), before: () => release.opened },
    });
    const { reader } = await open();
    await bench.worker();
    const taskId = await submit(bench, "other", "one");
    // The agent waits until this is heard, so it can't come with the end of the task.
    await reader.until((messages) =>
      all(messages, "journal").some(
        ({ event, phase }) => event === "run.started" && phase === "TASK_DECOMPOSITION",
      ),
    );
    expect(all(reader.messages, "task").map((event) => event.task.status)).toEqual(
      expect.arrayContaining(["QUEUED", "RUNNING"]),
    );
    expectSoon(reader.messages);
    release.open();
    await ended(reader, taskId);
    await reader.until((messages) => all(messages, "journal").some(({ event }) => event === "task.ended"));
    const session = all(reader.messages, "task").at(-1)?.task.session_id ?? "";
    const told = await expectJournal(bench, reader.messages, session);
    expect(told.filter(({ task_id }) => task_id === null).map(({ event }) => event)).toEqual([
      "session.opened",
      "session.attached",
    ]);
    expect(new Set(told.map(({ task_id }) => task_id))).toEqual(new Set([null, taskId]));
  });

  it("are those of its own worker, once, and what its agents do, on one line and without secrets", async () => {
    const { bench, open, ownWorker } = await setUp({ ...EACH_ITS_OWN, PLANNING: chatty });
    const { hub, reader } = await open();
    await ownWorker((event) => hub.onWorker(event));
    const taskId = await submit(bench, "own", "two");
    await ended(reader, taskId);
    await reader.until((messages) => all(messages, "journal").some(({ event }) => event === "task.ended"));
    const session = all(reader.messages, "task").at(-1)?.task.session_id ?? "";
    await expectJournal(bench, reader.messages, session);
    const doings = all(reader.messages, "activity");
    expect(doings).toMatchObject([{ task_id: taskId }]);
    expect(doings[0]?.line).toMatch(/^The key is \[redacted:an Anthropic key\] long/);
    expect(doings[0]?.line.length).toBeLessThan(1100);
    const text = JSON.stringify(reader.messages);
    expect(text).not.toContain(KEY);
    expect(text).not.toMatch(/\\u00[01]|\\n|\u202e/);
    // Before the line of the journal that follows it.
    const at = (found: (event: StreamEvent) => boolean) =>
      reader.messages.findIndex(({ event }) => found(event));
    expect(at(({ type }) => type === "activity")).toBeLessThan(
      at((event) => event.type === "journal" && event.event === "run.ended" && event.phase === "PLANNING"),
    );
  });

  it("are lines of a session that was there before, from now on", async () => {
    const { bench, open } = await setUp(EACH_ITS_OWN);
    await bench.worker();
    await bench.until(await submit(bench, "both", "three"), "COMPLETE");
    const first = await bench.queue.get("both.1");
    const before = await bench.engine.journal(first.session?.session_id ?? "", 0);
    // The journal counts in milliseconds.
    await new Promise((resolve) => setTimeout(resolve, 5));
    const { reader } = await open();
    const taskId = await submit(bench, "both", "four");
    await ended(reader, taskId);
    await reader.until((messages) => all(messages, "journal").some(({ event }) => event === "task.ended"));
    const second = await bench.queue.get(taskId);
    expect(second.session).toEqual(first.session);
    const told = await expectJournal(
      ...([bench, reader.messages, second.session?.session_id ?? "", before.length + 1] as const),
    );
    expect(new Set(told.map(({ task_id }) => task_id))).toEqual(new Set([null, taskId]));
  });

  it("are tasks that ran already, though nobody has changed them since", async () => {
    const [reached, release, end] = [gate(), gate(), gate()];
    const { bench, open } = await setUp({
      ...EACH_ITS_OWN,
      REQUIREMENT_ANALYSIS: {
        ...(EACH_ITS_OWN.REQUIREMENT_ANALYSIS as object),
        async before() {
          reached.open();
          await release.opened;
        },
      },
      // Its end would be news of the queue.
      TASK_DECOMPOSITION: { ...(EACH_ITS_OWN.TASK_DECOMPOSITION as object), before: () => end.opened },
    });
    await bench.worker();
    const taskId = await submit(bench, "early", "five");
    await reached.opened;
    await new Promise((resolve) => setTimeout(resolve, 5));
    const { reader } = await open();
    await reader.until((messages) => messages.length > 0);
    release.open();
    await reader.until((messages) =>
      all(messages, "journal").some(
        ({ event, phase }) => event === "run.started" && phase === "TASK_DECOMPOSITION",
      ),
    );
    expectSoon(reader.messages);
    end.open();
    const [line] = all(reader.messages, "journal");
    expect(line).toMatchObject({ task_id: taskId, event: "run.ended", phase: "REQUIREMENT_ANALYSIS" });
    await ended(reader, taskId);
  });
});
