/** What the tests of SQLite let other processes do with one file. It tells in lines of JSON. */
import { isRunnerError, type TaskQueue } from "@pm/core";
import { openSqliteQueue } from "../../src/sqlite/open-sqlite-queue.ts";
import { payload } from "../support/task-payload.ts";

export type Errand =
  /** Opens it, counts, submits one task. */
  | "use"
  /** Submits tasks of 100 KB until one is refused. */
  | "fill"
  /** Submits and claims and finishes for ever, and tells of what was acknowledged. */
  | "churn"
  /** Claims and finishes until nothing is left. */
  | "empty";

export interface ChildLine {
  readonly submitted?: string;
  readonly finished?: string;
  readonly total?: number;
  readonly code?: string;
  readonly done?: number;
  readonly worstMs?: number;
}

const say = (line: ChildLine) => process.stdout.write(`${JSON.stringify(line)}\n`);
const outcome = { code: null, message: "", next_action: null, evidence_path: null, result_digest: null };
const ending = { state: "COMPLETE", outcome } as const;
const request = { workerId: `w-${process.pid}`, leaseMs: 30_000, projects: ["p"] };

async function submit(queue: TaskQueue, prompt: string, groupId = "g"): Promise<void> {
  const { task } = await queue.submit({ groupId, project: "p", payload: payload(prompt) });
  say({ submitted: task.task_id });
}

async function empty(queue: TaskQueue): Promise<void> {
  let done = 0;
  let worstMs = 0;
  let asked = performance.now();
  let got = await queue.claimNext(request);
  while (got) {
    worstMs = Math.max(worstMs, performance.now() - asked);
    done++;
    asked = performance.now();
    got = await queue.finish(got.claim, ending, request);
  }
  say({ done, worstMs });
}

async function churn(queue: TaskQueue): Promise<void> {
  for (let n = 0; ; n++) {
    await submit(queue, "Do it", `g${process.pid}-${n}`);
    const got = await queue.claimNext(request);
    if (!got) continue;
    await queue.finish(got.claim, ending);
    say({ finished: got.claim.taskId });
  }
}

async function run(errand: Errand, path: string): Promise<void> {
  const queue = await openSqliteQueue({ path, namespace: "test" });
  const { counts } = await queue.stats();
  say({ total: Object.values(counts).reduce((sum, count) => sum + count, 0) });
  if (errand === "use") await submit(queue, "Do it");
  if (errand === "fill") for (let n = 0; n < 200; n++) await submit(queue, "x".repeat(100_000));
  if (errand === "empty") await empty(queue);
  if (errand === "churn") await churn(queue);
  await queue.close();
}

const [errand = "use", path = ""] = process.argv.slice(2);
try {
  await run(errand as Errand, path);
} catch (error) {
  say({ code: isRunnerError(error) ? error.code : String(error) });
}
