/** The real web server on a queue in which nothing happens; the parent says when its worker has something to tell. */
import type { Engine, JournalEvent } from "@pm/core";
import { createQueuedEngine, openQueue } from "@pm/queue";
import { createWebServer } from "@pm/web";

const { home, perSecond, seconds } = JSON.parse(process.argv[2] ?? "{}");
const SESSION = "session-bench";
const TICK_MS = 10;

const queue = await openQueue({ engine: "sqlite", home, namespace: "default" });
const engine = { refs: async () => [], journal: async () => [] } satisfies Partial<Engine>;
const queued = createQueuedEngine({
  ...{ engine: engine as unknown as Engine, queue: async () => queue, namespace: "default", home },
});
const server = await createWebServer({
  ...{ engine: queued, queue, namespace: "default", project: home, version: "0.0.0", port: 0 },
  ...{ auth: "always" as const, publicHosts: [], assets: home, worker: () => "running" as const },
  log: (line) => process.stderr.write(`${line}\n`),
});

let seq = 0;
const tell = (event: JournalEvent) => {
  seq += 1;
  const line = { kind: "journal" as const, seq, at: new Date().toISOString(), event };
  server.onWorker({ kind: "engine", taskId: "bench.1", event: line });
};
const begun = { session_id: SESSION, project: home, pm_version: "0.0.0", provider: "none", model: null };

/** The line says when it was told and which one it is. */
const say = (n: number) => {
  const reason = `${performance.timeOrigin + performance.now()} ${n} ${"what an agent's work is like ".repeat(6)}`;
  tell({ type: "provider.objected", task_id: "task-1", reason });
};

function run(): void {
  const cpu = process.cpuUsage();
  const started = performance.now();
  let said = 0;
  let rss = 0;
  const timer = setInterval(() => {
    const due = Math.min(perSecond * seconds, ((performance.now() - started) / 1000) * perSecond);
    while (said < Math.floor(due)) {
      said += 1;
      say(said);
    }
    rss = Math.max(rss, process.memoryUsage.rss());
    if (said < perSecond * seconds) return;
    clearInterval(timer);
    const used = process.cpuUsage(cpu);
    const share = (used.user + used.system) / 1000 / (performance.now() - started);
    process.send?.({ kind: "said", said, rss, cpu: share });
  }, TICK_MS);
}

process.on("message", (word) => {
  if (word === "run") run();
  if (word === "stop")
    void server
      .stop(0)
      .then(() => queue.close())
      .then(() => process.exit(0));
});
tell({ type: "session.opened", ...begun });
const token = server.loginLink().url.split("#login=")[1];
process.send?.({ kind: "ready", port: server.port, token });
