import { createInterface } from "node:readline";
import { STATUS_EXIT_CODES } from "@pm/core";
import { INTERRUPTED, watchInterrupts } from "../../interruption.ts";
import type { Io } from "../../io.ts";
import type { ReplController, ReplItem } from "../controller/repl-controller.ts";
import { approvalLines, itemLines } from "./item-lines.ts";

/**
 * The REPL without a terminal: a line of standard input is a command or a task, and what comes of it is printed to stdout
 * without escape codes. The next line is read when a task has come to rest. `/approve` approves what can be approved, as
 * `pm approve` does where nobody can be asked; what is approved is printed.
 * @returns 0, 1 where a line ended in an error, 130 after a signal
 */
export async function runPlain(controller: ReplController, io: Io): Promise<number> {
  let failed = false;
  const write = (lines: readonly string[]) => io.stdout.write(`${lines.join("\n")}\n`);
  const stop = controller.onItem((item) => {
    if (isFailure(item)) failed = true;
    write(itemLines(item, null, { collapse: false }));
  });
  // First: lines that arrive before somebody asks for them would be lost.
  await controller.open();
  const lines = createInterface({ input: io.stdin.stream(), crlfDelay: Number.POSITIVE_INFINITY });
  const interruption = watchInterrupts(io, () => {
    lines.close();
    void controller.interrupt();
  });
  try {
    for await (const line of lines) {
      await controller.submit(line);
      await approveAll(controller, write);
      await controller.settled();
      if (controller.view().ended || interruption.signal.aborted) break;
    }
  } finally {
    interruption.done();
    lines.close();
    await controller.close();
    stop();
  }
  if (interruption.signal.aborted) return INTERRUPTED;
  return failed ? 1 : 0;
}

function isFailure(item: ReplItem): boolean {
  if (item.kind === "error") return true;
  // What waits for a person has not failed.
  return item.kind === "result" && ![0, 3].includes(STATUS_EXIT_CODES[item.result.overall_status]);
}

async function approveAll(
  controller: ReplController,
  write: (lines: readonly string[]) => void,
): Promise<void> {
  const seen = new Set<string>();
  for (;;) {
    const { approval } = controller.view();
    if (approval === null) return;
    // One that could not be approved stays open.
    if (seen.has(approval.digest)) return controller.decide({ kind: "later" });
    seen.add(approval.digest);
    write(approvalLines(approval));
    await controller.decide({ kind: "approve", digest: approval.digest, andContinue: false });
  }
}
