import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openSqliteQueue } from "../../src/sqlite/open-sqlite-queue.ts";
import { describeTaskQueue } from "../contract/describe-task-queue.ts";

describeTaskQueue("the queue in a SQLite file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "pm-queue-sqlite-"));
  return {
    exactOrder: true,
    childModule: { path: fileURLToPath(new URL("child-queue.ts", import.meta.url)), argument: folder },
    open: ({ namespace = "default", clock } = {}) =>
      openSqliteQueue({
        path: join(folder, namespace, "queue.db"),
        namespace,
        ...(clock ? { clock } : {}),
      }),
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
});
