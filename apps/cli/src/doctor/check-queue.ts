import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openQueue } from "@pm/queue";
import { queueChoice } from "../queue/queue-choice.ts";
import type { DoctorCheck } from "./doctor-check.ts";

/** Whether tasks can be kept: SQLite loads and is sound and its file too, or the table answers. Makes no queue. */
export async function checkQueue(
  env: Readonly<Record<string, string | undefined>>,
  namespace: string,
): Promise<DoctorCheck> {
  const choice = await queueChoice(env, namespace);
  const name = "queue";
  if (choice.engine === "sqlite" && !existsSync(join(choice.home, "namespaces", namespace))) {
    const scratch = await mkdtemp(join(tmpdir(), "pm-doctor-"));
    try {
      await (await openQueue({ ...choice, home: scratch })).close();
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
    return { name, outcome: "ok", detail: "sqlite works (its file is made by the first task)", fix: null };
  }
  const queue = await openQueue(choice);
  try {
    await queue.listGroups({ limit: 1 });
    return { name, outcome: "ok", detail: `${queue.engine}, ${queue.place}`, fix: null };
  } finally {
    await queue.close();
  }
}
