import { resolve } from "node:path";
import { stripToLine, type TaskQueue } from "@pm/core";
import { integerOption } from "../command-line/integer-option.ts";
import { usageError } from "../command-line/parse-arguments.ts";
import type { ParsedArguments } from "../command-line/parsed-arguments.ts";
import { createPainter } from "../render/painter.ts";
import { onStopSignals } from "../worker/on-stop-signals.ts";
import { untilIdle } from "../worker/until-idle.ts";
import { createWorkerLog } from "../worker/worker-log.ts";
import type { CommandContext, CommandRun } from "./command.ts";
import { inNamespace } from "./in-namespace.ts";

const MAX_CONCURRENCY = 99;

export const run: CommandRun = async (context, args) => {
  const { io, services, namespace } = context;
  const projects = await validProjects(context, args);
  const concurrency = await concurrencyOf(context, args, projects);
  const once = args.has("once");
  const queue = await services.queue(namespace);
  // A table that is missing is said now, and not as trouble again and again.
  await queue.listGroups({ limit: 1 });
  const log = createWorkerLog(context, async (taskId) => (await queue.get(taskId)).outcome);
  const { worker, places } = await services.startWorker({
    ...{ namespace, projects, concurrency },
    onEvent: log.onEvent,
  });
  let stop: (graceMs?: number) => void = () => {};
  const stopped = new Promise<void>((done, fail) => {
    stop = (graceMs) => void worker.stop(graceMs).then(done, fail);
  });
  const stopListening = onStopSignals(io, {
    running: worker.running,
    tell: (line, stopping) => log.say(line, { kind: "stopping", ...stopping, running: worker.running() }),
    drain: () => stop(),
    handBack: () => stop(0),
  });
  const roots = places.map(({ root }) => root);
  log.open(heading(context, queue, roots, { concurrency, once }), {
    ...{ kind: "ready", worker_id: worker.id, namespace, engine: queue.engine, place: queue.place },
    ...{ projects: roots, concurrency },
  });
  try {
    if (once) {
      const { isGone } = services;
      await Promise.race([untilIdle({ io, queue, worker, places, isGone }), stopped]);
      stop();
    }
    await stopped;
  } finally {
    stopListening();
    await worker.stop(0);
    await log.close();
  }
  return 0;
};

/** @returns their real paths. @throws RunnerError E101–E108 for the first that is no valid project */
async function validProjects({ io, services }: CommandContext, args: ParsedArguments): Promise<string[]> {
  const given = args.values("project");
  const paths = given.length === 0 ? [io.cwd()] : given.map((path) => resolve(io.cwd(), path));
  const valid = new Set<string>();
  for (const path of paths) {
    const { project, problems } = await services.validate(path);
    if (problems[0] !== undefined) throw problems[0];
    valid.add(project);
  }
  return [...valid];
}

/** At most what each of the projects allows. @throws RunnerError E115 */
async function concurrencyOf(
  { services }: CommandContext,
  args: ParsedArguments,
  projects: readonly string[],
): Promise<number> {
  const limits = await Promise.all(
    projects.map(async (project) => ({ project, limit: await services.executors(project) })),
  );
  const least = limits.reduce((a, b) => (b.limit < a.limit ? b : a));
  const asked = integerOption("worker", args, "concurrency", { min: 1, max: MAX_CONCURRENCY });
  if (asked !== undefined && asked > least.limit) {
    const reason = `parallel_limits.executors of ${stripToLine(least.project)} allows ${least.limit}`;
    throw usageError("worker", `--concurrency ${asked}: ${reason}.`);
  }
  return asked ?? least.limit;
}

function heading(
  { style, namespace }: CommandContext,
  queue: TaskQueue,
  projects: readonly string[],
  { concurrency, once }: { concurrency: number; once: boolean },
): string[] {
  const { bold } = createPainter(style.color.stdout);
  const submit = inNamespace('pm start --detach "what to do"', namespace);
  const most = concurrency === 1 ? "one task" : `${concurrency} tasks`;
  return [
    `${bold("Worker")}  of namespace ${namespace}, at most ${most} at once`,
    `${bold("Queue")}   ${stripToLine(queue.place)}`,
    ...projects.map(
      (project, index) => `${bold(index === 0 ? "For   " : "      ")}  ${stripToLine(project)}`,
    ),
    once
      ? "Runs what waits, then ends."
      : `Waits for tasks; Ctrl-C ends it. Submit one from such a folder: ${submit}`,
  ];
}
