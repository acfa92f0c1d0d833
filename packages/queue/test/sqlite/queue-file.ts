import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import type { ClaimNextRequest, Ending } from "@pm/core";

export { payload } from "../support/task-payload.ts";

export interface QueueFile {
  readonly folder: string;
  readonly path: string;
  /** Digests of the file and of all that is beside it but the shared memory, which is made anew by whoever reads. */
  bytes(): Record<string, string>;
  /** Another program's look at it. */
  sql(statements: string): unknown[];
  remove(): void;
}

/** A place for a queue of a test of its own. */
export function queueFile(): QueueFile {
  const folder = mkdtempSync(join(tmpdir(), "pm-queue-file-"));
  const path = join(folder, "queue.db");
  return {
    folder,
    path,
    bytes: () =>
      Object.fromEntries(
        readdirSync(folder)
          .filter((name) => !name.endsWith("-shm"))
          .map((name) => [name, readFileSync(join(folder, name))] as const)
          .filter(([, content]) => content.length > 0)
          .map(([name, content]) => [name, createHash("sha256").update(content).digest("hex")]),
      ),
    sql(statements) {
      const db = new DatabaseSync(path);
      try {
        return db.prepare(statements).all();
      } finally {
        db.close();
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export const NEXT: ClaimNextRequest = { workerId: "worker-1", leaseMs: 30_000, projects: ["p"] };

export const complete: Ending = {
  state: "COMPLETE",
  outcome: { code: null, message: "well", next_action: null, evidence_path: null, result_digest: null },
};
