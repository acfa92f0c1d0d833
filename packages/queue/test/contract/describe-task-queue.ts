import type { ClaimNextRequest, TaskQueue } from "@pm/core";
import { afterAll, afterEach, beforeAll, beforeEach, describe } from "vitest";
import { describeClaiming } from "./claiming.ts";
import { describeConcurrency } from "./concurrency.ts";
import { describeEnding } from "./ending.ts";
import type { OpenOptions, QueueHarness } from "./harness.ts";
import { describeHolding } from "./holding.ts";
import { ANY, type Kit, pause } from "./kit.ts";
import { describeListing } from "./listing.ts";
import { describeModel } from "./model.ts";
import { describeNamespaces } from "./namespaces.ts";
import { describeProcesses } from "./processes.ts";
import { describeSkew } from "./skew.ts";
import { describeStates } from "./states.ts";
import { describeStrings } from "./strings.ts";
import { describeSubmitting } from "./submitting.ts";
import { describeWatching } from "./watching.ts";

const TRIES = 10;
const PATIENCE_MS = 15_000;

/**
 * What every queue engine must do: the port's invariants Q1…Q7 and what its methods say.
 * @param processes whether child processes can open the same queue (then the harness has a `childModule`).
 */
export function describeTaskQueue(
  name: string,
  makeHarness: () => Promise<QueueHarness>,
  { processes = true }: { processes?: boolean } = {},
): void {
  describe(name, () => {
    let harness: QueueHarness | undefined;
    let opened: TaskQueue[] = [];
    let count = 0;

    const current = (): QueueHarness => {
      if (!harness) throw new Error("There is no harness before the tests begin");
      return harness;
    };
    const freshNamespace = () => `contract-${process.pid}-${++count}`;
    let namespace = "";

    async function claimMaybe(queue: TaskQueue, request: ClaimNextRequest = ANY) {
      for (let tries = 1; ; tries++) {
        const got = await queue.claimNext(request);
        if (got || tries === TRIES || current().exactOrder) return got;
        await pause(5);
      }
    }

    async function claimSoon(queue: TaskQueue, request: ClaimNextRequest = ANY) {
      for (const since = performance.now(); performance.now() - since < PATIENCE_MS; await pause(5)) {
        const got = await queue.claimNext(request);
        if (got) return got;
        if (current().exactOrder) break;
      }
      throw new Error("Nothing to claim, though a task waits");
    }

    const kit: Kit = {
      harness: current,
      freshNamespace,
      async open(options: OpenOptions = {}) {
        const queue = await current().open({ namespace, ...options });
        opened.push(queue);
        return queue;
      },
      claimMaybe,
      claimSoon,
    };

    beforeAll(async () => {
      harness = await makeHarness();
    });
    beforeEach(() => {
      namespace = freshNamespace();
    });
    afterEach(async () => {
      for (const queue of opened) await queue.close();
      opened = [];
    });
    afterAll(() => harness?.remove());

    describeStates(kit);
    describeSubmitting(kit);
    describeClaiming(kit);
    describeHolding(kit);
    describeEnding(kit);
    describeListing(kit);
    describeStrings(kit);
    describeNamespaces(kit);
    describeWatching(kit);
    describeSkew(kit);
    describeModel(kit);
    describeConcurrency(kit);
    if (processes) describeProcesses(kit);
  });
}
