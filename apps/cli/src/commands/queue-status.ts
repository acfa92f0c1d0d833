import { type QueueStats, type QueueTask, type SeenWorker, stripToLine } from "@pm/core";
import { age } from "../render/age.ts";
import { jsonText } from "../render/json-text.ts";
import { createPainter } from "../render/painter.ts";
import { tableText } from "../render/table-text.ts";
import type { CommandContext } from "./command.ts";
import { inNamespace } from "./in-namespace.ts";

/** A worker announces itself every 15 s; who was silent for four times that is told as last seen. */
const SILENT_MS = 60_000;
const SHOWN_RUNNING = 100;
/** What stands at the end of a worker's id is chance: enough to tell two apart. */
const SHORT_ID = 6;

interface KnownWorker extends SeenWorker {
  readonly alive: boolean;
}

/** Prints what is in the queue of a namespace and who works on it. @returns the exit code */
export async function queueStatus(context: CommandContext): Promise<number> {
  const { io, style, namespace, services } = context;
  const queue = await services.queue(namespace);
  const now = io.now().getTime();
  const [stats, running, seen] = await Promise.all([
    queue.stats(),
    queue.listTasks({ state: "RUNNING" }, { limit: SHOWN_RUNNING }),
    queue.workers(),
  ]);
  const workers: KnownWorker[] = [];
  for (const worker of seen) {
    const silent = now - Date.parse(worker.seen_at) > SILENT_MS;
    workers.push({ ...worker, alive: !silent && !(await services.isGone(worker.worker_id)) });
  }
  const { engine, place } = queue;
  if (style.json) {
    io.stdout.write(jsonText({ namespace, engine, place, ...stats, running: running.items, workers }));
    return 0;
  }
  const { bold } = createPainter(style.color.stdout);
  const width = io.stdout.isTTY ? io.stdout.columns() : null;
  const parts = [
    [
      `${bold("Namespace")}  ${namespace}`,
      `${bold("Engine")}     ${engine}`,
      `${bold("Place")}      ${stripToLine(place)}`,
      `${bold("Tasks")}      ${countsLine(stats)}`,
      `${bold("Waiting")}    ${waitingLine(stats, now)}`,
    ].join("\n"),
  ];
  if (running.items.length > 0) {
    const rows = running.items.map((task) => runningRow(task, workers, now));
    parts.push(tableText([["RUNNING", "FOR", "WORKER", "TASK OF"], ...rows], 3, width).trimEnd());
  }
  if (workers.length > 0) {
    const rows = workers.map((worker) => workerRow(worker, now));
    const head = ["WORKER", "ALIVE", "HOST", "PID", "TASKS", "PROJECTS"];
    parts.push(tableText([head, ...rows], 5, width).trimEnd());
  }
  const alive = workers.some((worker) => worker.alive);
  if (stats.counts.QUEUED > 0 && !alive) {
    parts.push(`No worker is alive.\n${bold("Next")}  ${inNamespace("pm worker", namespace)}`);
  }
  io.stdout.write(`${parts.join("\n\n")}\n`);
  return 0;
}

function countsLine({ counts }: QueueStats): string {
  const some = Object.entries(counts).filter(([, count]) => count > 0);
  return some.length === 0 ? "none" : some.map(([state, count]) => `${count} ${state}`).join(", ");
}

function waitingLine({ counts, oldest_waiting_at: oldest }: QueueStats, now: number): string {
  if (oldest === null) return "none";
  return `${counts.QUEUED}, the oldest for ${age(now - Date.parse(oldest))}`;
}

function runningRow(task: QueueTask, workers: readonly SeenWorker[], now: number): string[] {
  const { claim } = task;
  const worker = workers.find(({ worker_id }) => worker_id === claim?.worker_id);
  const holder = claim === null ? "-" : shortId(claim.worker_id);
  // Who runs a task in a terminal announces nothing.
  const where = worker === undefined ? holder : `${holder} on ${worker.host}`;
  return [
    task.task_id,
    claim === null ? "-" : age(now - Date.parse(claim.claimed_at)),
    stripToLine(where),
    stripToLine(task.summary),
  ];
}

function workerRow(worker: KnownWorker, now: number): string[] {
  return [
    shortId(worker.worker_id),
    worker.alive ? "yes" : `seen ${age(now - Date.parse(worker.seen_at))} ago`,
    stripToLine(worker.host),
    `${worker.pid}`,
    `${worker.concurrency}`,
    stripToLine(worker.projects.join(", ")),
  ];
}

const shortId = (workerId: string) => workerId.slice(-SHORT_ID);
