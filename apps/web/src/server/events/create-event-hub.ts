/**
 * Owns the stream: its log, its clients, and what it listens to. Talks to the queue (tasks of every process), to the worker of
 * this process, and through `session-journals.ts` to the engine. The invariants S1–S4 are those of the contract, B1–B4 those of
 * `event-hub.ts`; and
 * B5 after `close` no timer, listener or connection is left.
 */
import { createRedactor, type Engine, type QueueTask, RunnerError, type TaskQueue } from "@pm/core";
import type { Request, Response } from "express";
import { HEARTBEAT_MS, type StreamEvent } from "../../contract/events.ts";
import { remember } from "../remember.ts";
import type { EventHub } from "./event-hub.ts";
import { createMessageLog } from "./message-log.ts";
import { createSessionJournals } from "./session-journals.ts";
import { createStreamClient, type StreamClient } from "./stream-client.ts";
import { activityMessage, journalMessage, taskMessage } from "./stream-events.ts";

export interface EventHubOptions {
  readonly engine: Pick<Engine, "journal">;
  readonly queue: Pick<TaskQueue, "watch" | "listTasks">;
  /** For tests; the defaults are those of B1 and S3. */
  readonly limits?: Partial<Limits>;
}

interface Limits {
  readonly messages: number;
  readonly bytes: number;
  readonly clientBytes: number;
  readonly streamsPerUser: number;
  readonly heartbeatMs: number;
}

const LIMITS: Limits = {
  messages: 20_000,
  bytes: 16 * 1024 * 1024,
  clientBytes: 1024 * 1024,
  streamsPerUser: 8,
  heartbeatMs: HEARTBEAT_MS,
};

/** Messages that come in quick succession go out together: a write to each client costs more than the bytes do. */
const GATHER_MS = 40;
/** Of what an agent does in such a time only the last is told. */
const ACTIVITY_MS = 100;
/** Tasks of which it is known what was told last. */
const KEPT_TASKS = 2000;

export function createEventHub({ engine, queue, limits: changed = {} }: EventHubOptions): EventHub {
  const limits = { ...LIMITS, ...changed };
  const log = createMessageLog(limits);
  const clients = new Set<StreamClient>();
  const streams = new Map<string, number>();
  const shown = new Map<string, string>();
  const doing = new Map<string, StreamEvent>();
  // What the provider passes on holds none of the known secrets; an agent may have found another one.
  const redactor = createRedactor([]);
  let cutOff = 0;
  let closed = false;
  let gathering: NodeJS.Timeout | null = null;
  let flushedAt = Number.NEGATIVE_INFINITY;
  let telling: NodeJS.Timeout | null = null;

  function flush(): void {
    if (gathering) clearTimeout(gathering);
    gathering = null;
    flushedAt = performance.now();
    for (const client of clients) client.flush();
  }

  function publish(event: StreamEvent): void {
    if (closed) return;
    log.add(event);
    if (clients.size === 0) return;
    const wait = flushedAt + GATHER_MS - performance.now();
    gathering ??= setTimeout(flush, Math.max(0, wait));
  }

  /** What was done before a line of the journal comes before it. */
  function tellDoings(): void {
    if (telling) clearTimeout(telling);
    telling = null;
    for (const event of doing.values()) publish(event);
    doing.clear();
  }

  const journals = createSessionJournals({
    engine,
    tell(sessionId, taskId, line) {
      tellDoings();
      publish(journalMessage(sessionId, taskId, line));
    },
  });

  function onTask(task: QueueTask): void {
    journals.note(task);
    const message = taskMessage(task);
    const text = JSON.stringify(message);
    // The queue also tells of what only workers need to know, as a lease that was renewed.
    if (shown.get(task.task_id) === text) return;
    remember(shown, task.task_id, text, KEPT_TASKS);
    publish(message);
  }

  const unwatch = queue.watch({}, onTask);
  void noteRunning().catch(() => {});

  /** Those that ran before anybody watched. What the queue can't say now it says with the task's next change. */
  async function noteRunning(): Promise<void> {
    for (let cursor: string | null | undefined; cursor !== null && !closed; ) {
      const page = await queue.listTasks({ state: "RUNNING" }, { limit: 100, ...(cursor && { cursor }) });
      if (!closed) for (const task of page.items) journals.note(task);
      cursor = page.next_cursor;
    }
  }

  const heart = setInterval(
    () => publish({ type: "heartbeat", at: new Date().toISOString() }),
    limits.heartbeatMs,
  ).unref();

  /** The id may stand in the address: EventSource sends no header of its own choice. */
  function lastIdOf(request: Request): string | null {
    const named = new URL(request.url, "http://localhost").searchParams.get("last_event_id");
    return request.get("last-event-id") || named || null;
  }

  return {
    publish,
    onWorker(event) {
      if (closed) return;
      if (event.kind === "started") {
        journals.began(event.task.task_id);
        journals.note(event.task);
      } else if (event.kind === "ended") journals.ended(event.taskId, event.sessionId);
      else if (event.kind === "engine" && event.event.kind === "journal")
        journals.line(event.taskId, event.event);
      else if (event.kind === "engine" && event.event.kind === "activity") {
        const { runId, activity } = event.event;
        doing.set(runId, activityMessage(event.taskId, runId, activity, redactor.redact));
        telling ??= setTimeout(tellDoings, ACTIVITY_MS);
      }
    },
    connect(request, response, user) {
      if (closed) throw new RunnerError("E488");
      const open = streams.get(user) ?? 0;
      if (open >= limits.streamsPerUser) throw new RunnerError("E465", { limit: limits.streamsPerUser });
      beginStream(response);
      if (request.method === "HEAD") {
        response.end();
        return;
      }
      const id = lastIdOf(request);
      const named = id === null ? null : log.parseId(id);
      const from = named !== null && log.placeAfter(named) !== null ? named : null;
      response.write("retry: 1000\n\n");
      if (id === null) response.write(log.aside({ type: "heartbeat", at: new Date().toISOString() }));
      else if (from === null) response.write(log.aside({ type: "reset" }));
      const client = createStreamClient({
        ...{ log, response, after: from ?? log.last, limit: limits.clientBytes },
        onCutOff() {
          cutOff += 1;
        },
      });
      clients.add(client);
      streams.set(user, open + 1);
      response.once("close", () => {
        clients.delete(client);
        const left = (streams.get(user) ?? 1) - 1;
        if (left === 0) streams.delete(user);
        else streams.set(user, left);
      });
      client.flush();
    },
    stats: () => ({ clients: clients.size, published: log.last, cutOff }),
    close() {
      if (closed) return;
      closed = true;
      unwatch();
      journals.close();
      clearInterval(heart);
      for (const timer of [gathering, telling]) if (timer) clearTimeout(timer);
      for (const client of clients) client.end();
      clients.clear();
    },
  };
}

function beginStream(response: Response): void {
  response.status(200);
  response.setHeader("Content-Type", "text/event-stream; charset=utf-8");
  // Neither a cache nor a compression on the way may hold messages back.
  response.setHeader("Cache-Control", "no-store, no-transform");
  response.setHeader("X-Accel-Buffering", "no");
  response.socket?.setNoDelay(true);
  response.socket?.setTimeout(0);
  response.flushHeaders();
}
