import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { RunnerError, type TaskQueue } from "@pm/core";
import { openQueue } from "@pm/queue";
import { queueChoice } from "./queue-choice.ts";

/** @returns the queue of a namespace, as the user chose it. @throws RunnerError E123, E420–E436, E443 */
export async function openNamespace(
  env: Readonly<Record<string, string | undefined>>,
  namespace: string,
): Promise<TaskQueue> {
  const choice = await queueChoice(env, namespace);
  await makeHome(choice.home);
  return openQueue(choice);
}

/** Said of the home folder rather than of the file that could not be made in it. */
async function makeHome(home: string): Promise<void> {
  try {
    await mkdir(join(home, "namespaces"), { recursive: true, mode: 0o700 });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOSPC") throw error;
    throw new RunnerError("E123", { path: home, reason: message }, error);
  }
}
