/**
 * A worker process for the contract suite: it opens a queue, says so, and on a line from outside claims tasks until none is
 * left, or holds one. It tells what it does in lines of JSON.
 */
import { once } from "node:events";
import { isRunnerError, type TaskQueue } from "@pm/core";
import type { QueueModule } from "../contract/harness.ts";

export interface ClaimantOptions {
  /** URL of the built module that opens the queue. */
  readonly module: string;
  readonly argument: unknown;
  readonly namespace: string;
  readonly project: string;
  readonly workerId: string;
  readonly leaseMs: number;
  /** `empty`: claim and finish until nothing is open. `hold`: claim one and renew it until that is refused. */
  readonly mode: "empty" | "hold";
  /** How long each task takes, or how long it is between two renewals. */
  readonly pauseMs: number;
}

/** Times are of the machine's steady clock, the same for all processes: milliseconds. */
export type ClaimantLine =
  | { readonly event: "ready" | "claimed" | "renewed" | "end" }
  | {
      readonly event: "finished";
      readonly taskId: string;
      readonly fence: number;
      readonly claimedAt: number;
      readonly finishingAt: number;
    }
  | { readonly event: "refused"; readonly what: string; readonly code: string };

const say = (line: ClaimantLine) => process.stdout.write(`${JSON.stringify(line)}\n`);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const steady = () => Number(process.hrtime.bigint()) / 1e6;
const outcome = { code: null, message: "", next_action: null, evidence_path: null, result_digest: null };
const done = { state: "COMPLETE", outcome } as const;

async function empty(queue: TaskQueue, { workerId, leaseMs, project, pauseMs }: ClaimantOptions) {
  const request = { workerId, leaseMs, projects: [project] };
  let got = await queue.claimNext(request);
  for (;;) {
    if (got) {
      const { taskId, fence } = got.claim;
      const claimedAt = steady();
      if (pauseMs > 0) await pause(pauseMs);
      const finishingAt = steady();
      got = await queue.finish(got.claim, done, request);
      say({ event: "finished", taskId, fence, claimedAt, finishingAt });
      continue;
    }
    const { counts } = await queue.stats();
    if (counts.QUEUED + counts.RUNNING === 0) return;
    await pause(20);
    got = await queue.claimNext(request);
  }
}

async function hold(queue: TaskQueue, { workerId, leaseMs, project, pauseMs }: ClaimantOptions) {
  let got = null;
  while (!got) got = await queue.claimNext({ workerId, leaseMs, projects: [project] });
  const { claim } = got;
  say({ event: "claimed" });
  const uses = {
    renew: () => queue.renew(claim),
    bind: () => queue.bind(claim, { sessionId: "session-late", place: "late", project }),
    release: () => queue.release(claim),
    finish: () => queue.finish(claim, done),
  };
  try {
    for (;;) {
      await pause(pauseMs);
      await uses.renew();
      say({ event: "renewed" });
    }
  } catch {
    for (const [what, use] of Object.entries(uses)) {
      const error = await use().catch((reason: unknown) => reason);
      say({ event: "refused", what, code: isRunnerError(error) ? error.code : String(error) });
    }
  }
}

const options: ClaimantOptions = JSON.parse(process.argv[2] ?? "");
const { openQueue }: QueueModule = await import(options.module);
const queue = await openQueue(options.argument, options.namespace);
say({ event: "ready" });
await once(process.stdin, "data");
process.stdin.pause();
await (options.mode === "empty" ? empty(queue, options) : hold(queue, options));
await queue.close();
say({ event: "end" });
