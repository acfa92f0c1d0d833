/**
 * plainjob, on the same SQLite as ours. It commits with synchronous = NORMAL, which a power cut undoes; `full` makes it sync
 * every commit. Its calls block the process while the file is locked.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { requireFrom } from "../support/peers.mjs";

const ours = createRequire(new URL("../../../../packages/queue/package.json", import.meta.url));
const TYPE = "bench";

/** @param {{ peers: string, home: string, full: boolean }} place */
export async function open({ peers, home, full }) {
  const { DatabaseSync } = ours("@photostructure/sqlite");
  const { defineQueue } = await import(pathToFileURL(requireFrom(peers).resolve("plainjob")).href);
  const db = new DatabaseSync(join(home, "plainjob.db"), { timeout: 60_000 });
  const queue = defineQueue({
    connection: connectionOf(db),
    logger: { debug() {}, info() {}, warn: console.warn, error: console.error },
  });
  if (full) db.exec("PRAGMA synchronous = FULL");
  return {
    async submit(prompt) {
      queue.add(TYPE, { prompt });
    },
    async work(onClaim) {
      for (;;) {
        const asked = performance.now();
        const got = queue.getAndMarkJobAsProcessing(TYPE);
        if (!got) return;
        const { data } = queue.getJobById(got.id);
        JSON.parse(data);
        onClaim(performance.now() - asked);
        queue.markJobAsDone(got.id);
      }
    },
    async close() {
      queue.close();
    },
  };
}

/** What plainjob asks of a driver. */
function connectionOf(db) {
  return {
    driver: "better-sqlite3",
    filename: "",
    pragma: (text) => db.exec(`PRAGMA ${text}`),
    exec: (text) => db.exec(text),
    prepare: (text) => db.prepare(text),
    close: () => db.close(),
    transaction(work) {
      const immediate = (...args) => {
        db.exec("BEGIN IMMEDIATE");
        try {
          const result = work(...args);
          db.exec("COMMIT");
          return result;
        } catch (error) {
          db.exec("ROLLBACK");
          throw error;
        }
      };
      return Object.assign(immediate, { immediate });
    },
  };
}
