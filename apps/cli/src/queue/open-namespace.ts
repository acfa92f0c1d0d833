import { join } from "node:path";
import { makeDirs, RunnerError, type TaskQueue } from "@pm/core";
import { openQueue } from "@pm/queue";
import { queueChoice } from "./queue-choice.ts";

/** @returns the queue of a namespace, as the user chose it. @throws RunnerError E123, E420–E436, E443 */
export async function openNamespace(
  env: Readonly<Record<string, string | undefined>>,
  namespace: string,
): Promise<TaskQueue> {
  const choice = await queueChoice(env, namespace);
  makeHome(choice.home);
  return openQueue(choice);
}

/** Said of the home folder rather than of the file that could not be made in it. */
function makeHome(home: string): void {
  try {
    makeDirs(join(home, "namespaces"));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOSPC") throw error;
    throw new RunnerError("E123", { path: home, reason: message }, error);
  }
}
