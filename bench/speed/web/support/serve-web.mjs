// The web server on a SQLite queue of its own, for a bench. Prints its port; ends when it is killed.
// Usage: node serve-web.mjs <home> <groups>
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createWebServer } from "../../../../apps/web/dist/index.js";
import { createEngine } from "../../../../packages/core/dist/index.js";
import { createQueuedEngine, openQueue } from "../../../../packages/queue/dist/index.js";

const [home, groups] = process.argv.slice(2);
const AT_ONCE = 200;
const queue = await openQueue({ engine: "sqlite", home, namespace: "bench" });
for (let made = 0; made < Number(groups); made += AT_ONCE)
  await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => queue.createGroup(`group-${made + n}`)));
const bare = createEngine({
  home,
  version: "0.0.0",
  providers() {
    throw new Error("nothing runs here");
  },
});
const engine = createQueuedEngine({ engine: bare, queue: async () => queue, namespace: "bench", home });
writeFileSync(join(home, "index.html"), "<!doctype html>\n");
const web = await createWebServer({
  ...{ engine, queue, namespace: "bench", project: home, version: "0.0.0", port: 0, auth: "local" },
  ...{ publicHosts: [], assets: home, worker: () => "off", log: (line) => console.error(line) },
});
console.log(web.port);
