/**
 * Owns the slots of one worker process, the claims that run in them, and what it saw of other workers' leases. Talks to the
 * queue, and through `runClaimed` to the engine. The invariants W1…W5 are those of the interface, `worker.ts`.
 */
import { hostname } from "node:os";
import {
  type ClaimedTask,
  type ClaimNextRequest,
  type QueueTask,
  RunnerError,
  type WorkerInfo,
} from "@pm/core";
import { asRunnerError } from "./as-runner-error.ts";
import { outcomeOfError } from "./ending-of.ts";
import { LEASE_MS } from "./hold-lease.ts";
import { createLeaseWatch } from "./lease-watch.ts";
import { type ClaimedRun, runClaimed } from "./run-claimed.ts";
import type { Worker, WorkerOptions } from "./worker.ts";
import { isGone, newWorkerId } from "./worker-id.ts";

const ANNOUNCE_MS = 15_000;
const GRACE_MS = 30_000;
/** After trouble with the queue, and for a task whose session somebody else holds. */
const PAUSE_MS = 2_000;
/** A look at the leases costs a query: next to nothing on SQLite, and money on DynamoDB. */
const LOOK_MS = { sqlite: 1_000, dynamodb: LEASE_MS / 3 };
const LOOK_AGAIN_MS = 20;
/** A task whose workers died this often before is not tried again. */
const DEATHS_BEFORE_GIVING_UP = 1;

/** What runs in one of the worker's places, one task after the other. */
interface Slot {
  taskId: string;
  /** Of the task that runs in it now. */
  interruption: AbortController;
  done: Promise<void>;
}

export function createWorker(options: WorkerOptions): Worker {
  const { engine, queue, places, concurrency, onEvent = () => {}, leaseMs = LEASE_MS } = options;
  const id = newWorkerId();
  const projects = [...new Set(places.flatMap((place) => place.claimKeys))];
  const monotonic = () => performance.now();
  const leases = createLeaseWatch({ monotonic, isGone });
  const slots = new Map<symbol, Slot>();
  const pausedUntil = new Map<string, number>();
  const abort = new AbortController();
  let draining = false;
  let claiming = false;
  let again = false;
  let looks = 0;

  const running = () => [...slots.values()].map((slot) => slot.taskId);

  function request(): ClaimNextRequest {
    const now = monotonic();
    for (const [task, until] of pausedUntil) if (until <= now) pausedUntil.delete(task);
    return { workerId: id, leaseMs, projects, except: [...pausedUntil.keys()] };
  }

  /** Fills the free slots; a call while one is under way makes it look once more. */
  async function fill(): Promise<void> {
    again = claiming;
    if (claiming) return;
    claiming = true;
    try {
      do {
        again = false;
        while (!draining && slots.size < concurrency) {
          const claimed = await queue.claimNext(request());
          if (claimed === null) break;
          occupy(claimed, false);
        }
      } while (again);
    } catch (error) {
      trouble(error);
      later(fill);
    } finally {
      claiming = false;
    }
  }

  function occupy(claimed: ClaimedTask, takenOver: boolean): void {
    const key = Symbol(claimed.task.task_id);
    const slot: Slot = {
      taskId: claimed.task.task_id,
      interruption: new AbortController(),
      done: Promise.resolve(),
    };
    slots.set(key, slot);
    slot.done = work(slot, claimed, takenOver)
      .catch(trouble)
      .finally(() => {
        slots.delete(key);
        void fill();
      });
  }

  async function work(slot: Slot, first: ClaimedTask, takenOver: boolean): Promise<void> {
    let taken = takenOver;
    for (let current: ClaimedTask | null = first; current !== null; taken = false) {
      const { task, claim } = current;
      slot.taskId = task.task_id;
      slot.interruption = new AbortController();
      const interrupted = slot.interruption.signal;
      const place = places.find(({ claimKeys }) => claimKeys.includes(task.project));
      // It came with the end of another one, at the moment in which this worker was told to stop.
      if (draining || place === undefined) return queue.release(claim);
      onEvent({ kind: "started", task, takenOver: taken });
      const run = await runClaimed({ engine, queue, place, leaseMs, monotonic }, current, {
        handBack: () => !interrupted.aborted,
        signal: AbortSignal.any([abort.signal, interrupted]),
        next: () => (draining ? null : request()),
        onEvent: (event) => onEvent({ kind: "engine", taskId: task.task_id, event }),
      });
      if (run.state === "QUEUED") {
        pausedUntil.set(task.task_id, monotonic() + PAUSE_MS);
        later(fill);
      }
      onEvent({
        kind: "ended",
        taskId: task.task_id,
        sessionId: run.sessionId,
        state: run.state,
        message: messageOf(run),
      });
      current = run.next;
    }
  }

  async function lookAtLeases(): Promise<void> {
    looks += 1;
    try {
      const mine = new Set(running());
      const others = (await queue.running(projects)).filter((task) => !mine.has(task.task_id));
      for (const task of leases.expired(others)) {
        if (draining) return;
        await replace(task);
      }
    } finally {
      looks -= 1;
    }
  }

  async function replace(task: QueueTask): Promise<void> {
    const { task_id: taskId, claim, deaths, session } = task;
    if (claim === null) return;
    const seen = { taskId, fence: claim.fence, beat: claim.beat };
    if (deaths >= DEATHS_BEFORE_GIVING_UP) {
      const data = { id: taskId, deaths: deaths + 1, worker: claim.worker_id, session: session?.session_id };
      const error = new RunnerError("E440", data);
      if (await queue.giveUp(seen, outcomeOfError(error, nextOf(session)))) {
        const ended = { taskId, sessionId: session?.session_id ?? null, message: error.message };
        onEvent({ kind: "ended", state: "ERROR", ...ended });
      }
      return;
    }
    if (slots.size >= concurrency) return;
    const claimed = await queue.takeOver(seen, { workerId: id, leaseMs });
    if (claimed !== null) occupy(claimed, true);
  }

  function trouble(error: unknown): void {
    onEvent({ kind: "trouble", error: asRunnerError(error) });
  }

  function later(call: () => Promise<void>): void {
    if (!draining) setTimeout(() => void call(), PAUSE_MS).unref();
  }

  const info: WorkerInfo = {
    worker_id: id,
    host: hostname(),
    pid: process.pid,
    projects: places.map(({ root }) => root),
    concurrency,
    started_at: new Date().toISOString(),
  };
  const announce = () => queue.announce(info);
  const timers = [
    setInterval(() => void announce().catch(trouble), ANNOUNCE_MS),
    setInterval(() => void lookAtLeases().catch(trouble), Math.min(LOOK_MS[queue.engine], leaseMs / 3)),
  ];
  const deaf = queue.onWork(projects, () => void fill());
  void announce().catch(trouble);
  void fill();

  let giveUpWaiting: NodeJS.Timeout | undefined;
  let stopped: Promise<void> | undefined;

  async function drain(): Promise<void> {
    draining = true;
    deaf();
    for (const timer of timers) clearInterval(timer);
    while (slots.size > 0 || claiming || looks > 0) {
      await Promise.all([...slots.values()].map((slot) => slot.done));
      await new Promise((resolve) => setImmediate(resolve));
    }
    clearTimeout(giveUpWaiting);
    // Nobody to tell any more: the others see that its process is gone.
    await queue.withdraw(id).catch(trouble);
  }

  return {
    id,
    running,
    async interrupt(taskId) {
      for (const slot of slots.values()) if (slot.taskId === taskId) slot.interruption.abort();
      while (running().includes(taskId)) await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    },
    stop(graceMs = GRACE_MS) {
      clearTimeout(giveUpWaiting);
      giveUpWaiting = setTimeout(() => abort.abort(), graceMs).unref();
      stopped ??= drain();
      return stopped;
    },
  };
}

const nextOf = (session: QueueTask["session"]) => (session === null ? null : `pm logs ${session.session_id}`);

function messageOf({ state, error, result }: ClaimedRun): string {
  if (state === null) return "its lease was lost; another worker has it";
  if (error !== null) return error.message;
  return result?.next_action ?? "";
}
