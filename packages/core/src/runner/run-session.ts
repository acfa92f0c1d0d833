/** Runs the tasks of a held session in order, each from a snapshot taken after the last one landed. */
import * as fs from "node:fs";
import * as path from "node:path";
import { acquireLock, LockHeldError, lockHolder } from "../locks/file-lock.ts";
import type { Clock, Ids } from "../ports/clock.ts";
import type { Provider } from "../ports/provider.ts";
import { fsError } from "../project/fs-error.ts";
import { projectLayout } from "../project/layout.ts";
import type { Settings } from "../project/settings.ts";
import type { Isolation } from "../sandbox/types.ts";
import { removeTree } from "../workspace/open-access.ts";
import type { SnapshotStore } from "../workspace/types.ts";
import { watchCancelRequest } from "./cancel-request.ts";
import { createCheckouts } from "./checkouts.ts";
import { findDependencyDirs } from "./dependency-dirs.ts";
import type { EngineEvent } from "./engine.ts";
import { runQa } from "./evaluate-tree.ts";
import { baseOf, findQaCommands } from "./material.ts";
import type { OpenSession } from "./open-session.ts";
import { runTask } from "./run-task.ts";
import { createSemaphore } from "./semaphore.ts";
import { createSpending } from "./spending.ts";
import { StopRequest } from "./stop-reason.ts";
import type { TaskContext } from "./task-context.ts";
import { createWatchdog } from "./watchdog.ts";

const COMMANDS_AT_ONCE = 2;

export interface SessionRun {
  readonly session: OpenSession;
  readonly settings: Settings;
  readonly provider: Provider;
  readonly model: string | null;
  readonly isolation: Isolation;
  readonly store: SnapshotStore;
  /** Directory for checkouts and homes; removed at the end. */
  readonly scratch: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly signal: AbortSignal | undefined;
  /** Refs of the tasks that may run; undefined: all. */
  readonly only: readonly string[] | undefined;
  /** Another session of the same project. */
  hold(sessionId: string): OpenSession;
  onEvent(event: EngineEvent): void;
}

export async function runSession(run: SessionRun): Promise<void> {
  const { session, settings, store, scratch } = run;
  const stop = new AbortController();
  const onInterrupt = () => stop.abort(new StopRequest("interrupted"));
  if (run.signal?.aborted) onInterrupt();
  run.signal?.addEventListener("abort", onInterrupt, { once: true });
  const unwatch = watchCancelRequest(session.project, session.id, () =>
    stop.abort(new StopRequest("cancelled")),
  );
  const subagents = createSemaphore(settings.parallel_limits.subagents);
  const executors = createSemaphore(settings.parallel_limits.executors);
  // Without a sandbox they share ports and temporary files, and would get in each other's way.
  const commands = createSemaphore(run.isolation.level === "sandbox" ? COMMANDS_AT_ONCE : 1);
  const landingLock = path.join(projectLayout(session.project).locksDir, "landing");
  let waitsForLanding = false;
  const watchdog = createWatchdog({
    seconds: settings.timeouts.deadlock_timeout_seconds,
    clock: run.clock,
    waiting: () => {
      if (waitsForLanding)
        return { what: "the landing lock", holder: `pid ${lockHolder(landingLock)?.pid ?? "unknown"}` };
      if (executors.waiting > 0) return { what: "a free executor", holder: `pm logs ${session.id}` };
      return subagents.waiting > 0 ? { what: "a free agent", holder: `pm logs ${session.id}` } : null;
    },
    onDeadlock: (error) => stop.abort(error),
  });
  const watched: OpenSession = {
    ...session,
    record(event) {
      watchdog.progress();
      session.record(event);
    },
  };
  try {
    for (const taskId of session.state.tasks.keys()) {
      const task = () => {
        const found = session.state.tasks.get(taskId);
        if (!found) throw new Error(`no task ${taskId}`);
        return found;
      };
      if (task().at === "ENDED" && (task().status === "COMPLETE" || task().cancelled)) continue;
      if (!mayRun(task().submitted.ref, run.only)) continue;
      const taskEnd = new AbortController();
      const baseQa = once(() => runQa(context, "base", baseOf(context)));
      const secureBase = once(() => store.consolidate(baseOf(context)));
      const workDir = fs.mkdtempSync(path.join(scratch, "task-"));
      const checkouts = createCheckouts(store, workDir);
      const repositories = new Map<string, Promise<void>>();
      const context: TaskContext = {
        ...run,
        session: watched,
        taskId,
        store,
        workDir,
        dependencies: once(async () =>
          findDependencyDirs(session.project, await store.listFiles(baseOf(context))),
        ).get,
        checkouts,
        asRepository(tree, dir) {
          const made = repositories.get(dir) ?? store.asRepository(tree, dir);
          repositories.set(dir, made);
          return made;
        },
        qaCommands: once(() => findQaCommands(context)).get,
        baseQa: baseQa.get,
        secureBase: secureBase.get,
        subagents,
        executors,
        spending: createSpending(task().submitted.budget_usd ?? null, task().usage.cost_usd ?? 0),
        resultRuns: new Map(),
        commands,
        withLandingLock: async (work) => {
          waitsForLanding = true;
          const lock = await waitForLock(landingLock, run.clock, stop.signal);
          waitsForLanding = false;
          try {
            return await work();
          } finally {
            lock.release();
          }
        },
        signal: AbortSignal.any([stop.signal, taskEnd.signal]),
        onActivity(runId, activity) {
          watchdog.progress();
          run.onEvent({ kind: "activity", taskId, runId, activity });
        },
        task,
      };
      try {
        await runTask(context);
      } finally {
        taskEnd.abort();
        await Promise.all([baseQa.settled(), secureBase.settled(), checkouts.end()]);
      }
      if (task().status !== "COMPLETE") break;
    }
  } finally {
    watchdog.stop();
    unwatch();
    run.signal?.removeEventListener("abort", onInterrupt);
    await removeTree(scratch);
  }
}

const mayRun = (ref: string | undefined, only: readonly string[] | undefined) =>
  ref === undefined || only === undefined || only.includes(ref);

async function waitForLock(dir: string, clock: Clock, signal: AbortSignal) {
  for (;;) {
    try {
      return acquireLock(dir, { now: () => clock.now() });
    } catch (error) {
      if (!(error instanceof LockHeldError)) throw fsError(error, dir, "write");
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
    signal.throwIfAborted();
  }
}

/** Work that is done at most once; `settled` waits for what was begun. */
function once<T>(make: () => Promise<T>): { get(): Promise<T>; settled(): Promise<unknown> } {
  let made: Promise<T> | undefined;
  return {
    get() {
      made ??= make();
      return made;
    },
    settled: () => Promise.allSettled([made]),
  };
}
