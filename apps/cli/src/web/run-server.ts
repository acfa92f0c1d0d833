/**
 * One run of `pm web` in this process: the server, and beside it a worker of its project. Owns their order of coming and going.
 *
 * Invariants:
 * V1 the server is in `web.json` only while it listens;
 * V2 no task is claimed before the server is in there: a start that loses to another one has touched nothing;
 * V3 the first signal lets what runs finish for 30 s, the second hands it back at once, the third ends the process; the pages
 *    answer until no task runs any more.
 */
import { pmHome, processIdentity } from "@pm/core";
import type { WorkerEvent } from "@pm/queue";
import type { WebServer } from "@pm/web";
import type { CommandContext } from "../commands/command.ts";
import type { RunningWorker } from "../services.ts";
import { onStopSignals } from "../worker/on-stop-signals.ts";
import { createWorkerLog } from "../worker/worker-log.ts";
import { portError } from "./port-error.ts";
import type { WebRecord } from "./web-record.ts";
import { addServer, removeServer } from "./web-registry.ts";
import type { WebRequest } from "./web-request.ts";
import { createWorkerState } from "./worker-state.ts";

export interface ServingWeb {
  readonly record: WebRecord;
  readonly server: WebServer;
  /** Tasks at once; null without a worker. */
  readonly concurrency: number | null;
}

export interface ServerRun extends WebRequest {
  readonly background: boolean;
  /** Called once it serves. @returns stops what it began */
  onServing(serving: ServingWeb): Promise<() => void>;
}

/** Serves until it is told to stop. @throws RunnerError E420–E436, E480, E481, E485 where it can't begin */
export async function runServer(context: CommandContext, run: ServerRun): Promise<void> {
  const { io, services, namespace, version } = context;
  const home = pmHome(io.env);
  const queue = await services.queue(namespace);
  // A table that is missing is said now, and not to whoever opens the page.
  await queue.listGroups({ limit: 1 });
  const state = createWorkerState(() => io.monotonic());
  const print = (line: string) => io.stderr.write(`${io.now().toISOString().slice(11, 19)}  ${line}\n`);
  const server = await services
    .startWeb({
      ...{ namespace, project: run.project, port: run.port, auth: run.auth, publicHosts: run.publicHosts },
      worker: state.now,
      log: context.style.quiet ? () => {} : print,
    })
    .catch(async (error: unknown) => {
      throw await portError(error, { home, namespace, port: run.port });
    });
  const log = createWorkerLog(onStderr(context), async (taskId) => (await queue.get(taskId)).outcome);
  let worker: RunningWorker | null = null;
  let drain = () => {};
  /** Undefined: as long as the worker itself gives. Both signals may come before there is one. */
  let graceMs: number | undefined;
  const asked = new Promise<void>((resolve) => {
    drain = resolve;
  });
  const stopListening = onStopSignals(io, {
    running: () => worker?.worker.running() ?? [],
    tell(line) {
      if (!context.style.quiet) io.stderr.write(`${line}\n`);
    },
    drain,
    handBack() {
      graceMs = 0;
      void worker?.worker.stop(graceMs);
    },
  });
  const record = recordOf(
    server,
    { namespace, project: run.project, version, background: run.background },
    io.now(),
  );
  try {
    await addServer(home, record);
    const concurrency = run.worker ? await services.executors(run.project) : null;
    if (concurrency !== null) {
      const onEvent = (event: WorkerEvent) => {
        state.onEvent(event);
        server.onWorker(event);
        if (event.kind !== "engine") log.onEvent(event);
      };
      worker = await services.startWorker({ namespace, projects: [run.project], concurrency, onEvent });
      state.started();
    }
    const end = await run.onServing({ record, server, concurrency });
    log.open([], {});
    await asked;
    end();
    await worker?.worker.stop(graceMs);
  } finally {
    await worker?.worker.stop(0);
    await removeServer(home, record);
    await server.stop();
    await log.close();
    stopListening();
  }
}

function recordOf(
  { port, url }: WebServer,
  rest: Pick<WebRecord, "namespace" | "project" | "version" | "background">,
  now: Date,
): WebRecord {
  const identity = processIdentity(process.pid);
  if (identity === null) throw new Error("this process has no start time that others could compare");
  return { ...identity, port, url, ...rest, started_at: now.toISOString() };
}

/** Standard output is the address and nothing else. */
function onStderr(context: CommandContext): CommandContext {
  const { io, style } = context;
  const color = { stdout: style.color.stderr, stderr: style.color.stderr };
  return { ...context, io: { ...io, stdout: io.stderr }, style: { ...style, json: false, color } };
}
