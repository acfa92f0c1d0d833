/**
 * A worker process of the load test: the real worker on the real queue, whose engine only waits. Prints a line for each task
 * that it ended, after the queue has acknowledged it.
 */
import { writeSync } from "node:fs";
import { type Engine, type ExecutionResult, NO_TASK_USAGE, RunnerError, type TaskInput } from "@pm/core";
import { createWorker, openQueue } from "@pm/queue";

const { home, project, concurrency, longestMs, leaseMs } = JSON.parse(process.argv[2] ?? "{}");
const refs = new Map<string, string>();

async function work(sessionId: string, tasks: readonly TaskInput[] = []): Promise<ExecutionResult> {
  await new Promise((resolve) => setTimeout(resolve, Math.random() * longestMs));
  refs.set(sessionId, tasks[0]?.ref ?? "");
  const task = {
    ...{ task_id: "task-1", prompt: "x", status: "COMPLETE", phase: null, landed: true },
    ...{ files_changed: [], cost_usd: null, usage: NO_TASK_USAGE, isolation: null },
  } as const;
  return {
    ...{ session_id: sessionId, overall_status: "COMPLETE", evidence_path: "/", next_action: null },
    ...{ violations: [], tasks: [task] },
  };
}

const refuse = async (id: string): Promise<never> => {
  throw new RunnerError("E203", { id });
};

const engine = {
  start: ({ sessionId = "", tasks }) => work(sessionId, tasks),
  status: refuse,
  cancel: refuse,
  refs: async (id) => {
    const ref = refs.get(id);
    return ref === undefined ? refuse(id) : [{ task_id: "task-1", ref, cancelled: false }];
  },
} satisfies Partial<Engine>;

const queue = await openQueue({ engine: "sqlite", home, namespace: "default" });
createWorker({
  engine: engine as unknown as Engine,
  ...{ queue, concurrency, leaseMs },
  places: [{ root: project, place: project, ownKey: project, sharedKey: project, claimKeys: [project] }],
  // Written at once: a line that is only buffered dies with the process, and then proves nothing.
  onEvent: (event) => {
    if (event.kind === "ended") writeSync(1, `${event.taskId} ${event.state}\n`);
    if (event.kind === "trouble") writeSync(2, `${event.error.code} ${event.error.message}\n`);
  },
});
