/** The real thing in one process: engine with a scripted agent, SQLite queue, worker and web server on a free port. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEngine, isFinal, type Provider, type QueueTask, type TaskQueue } from "@pm/core";
import {
  createQueuedEngine,
  createWorker,
  openQueue,
  placeOf,
  type QueuedEngine,
  type Worker,
} from "@pm/queue";
import { createWebServer, type WebOptions, type WebServer } from "../../src/index.ts";
import { writeSamplePages } from "./sample-pages.ts";
import { makeSampleProject } from "./sample-project.ts";
import { createScriptedAgent } from "./scripted-agent.ts";

/** A key that must be found nowhere. */
export const SECRET = "canary-0123456789abcdef";

export interface StartedWeb {
  readonly web: WebServer;
  readonly engine: QueuedEngine;
  readonly queue: TaskQueue;
  readonly project: string;
  readonly home: string;
  /** What the server's log got. */
  readonly lines: readonly string[];
  /** A request as a program on this machine sends it. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Submits by REST. @returns the task's id */
  submit(prompt: string, groupId?: string): Promise<string>;
  /** @returns the task once it is in one of the states. */
  until(taskId: string, ...states: QueueTask["state"][]): Promise<QueueTask>;
  stop(): Promise<void>;
}

export interface StartWeb extends Partial<Pick<WebOptions, "auth" | "publicHosts" | "assets" | "port">> {
  readonly provider?: Provider;
  /** Default: true. */
  readonly worker?: boolean;
}

export async function startWeb(given: StartWeb = {}): Promise<StartedWeb> {
  const { provider = createScriptedAgent(), worker: withWorker = true, ...options } = given;
  const project = makeSampleProject();
  const home = mkdtempSync(join(tmpdir(), "pm-web-home-"));
  const bare = createEngine({ home, version: "0.0.0", providers: () => provider });
  const queue = await openQueue({ engine: "sqlite", home, namespace: "default" });
  const engine = createQueuedEngine({
    ...{ engine: bare, queue: async () => queue, namespace: "default", home },
    secrets: [SECRET],
  });
  const lines: string[] = [];
  const web = await createWebServer({
    ...{ engine, queue, project, namespace: "default", version: "0.0.0", port: 0, auth: "local" },
    ...{ publicHosts: [], assets: writeSamplePages(home), worker: () => (withWorker ? "running" : "off") },
    log: (line) => lines.push(line),
    ...options,
  });
  let worker: Worker | null = null;
  if (withWorker) {
    const places = [await placeOf("sqlite", home, project)];
    const onEvent = (event: Parameters<WebServer["onWorker"]>[0]) => web.onWorker(event);
    worker = createWorker({ engine: bare, queue, places, concurrency: 2, onEvent });
  }
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${web.url}${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body: JSON.stringify(body),
    });

  return {
    ...{ web, engine, queue, project, home, lines, post },
    fetch: (path, init) => fetch(`${web.url}${path}`, init),
    async submit(prompt, groupId) {
      const answer = await post("/api/tasks", { prompt, ...(groupId && { task_group_id: groupId }) });
      return ((await answer.json()) as { task_id: string }).task_id;
    },
    async until(taskId, ...states) {
      for (;;) {
        const found = await queue.get(taskId);
        if (states.includes(found.state)) return found;
        if (isFinal(found.state)) throw new Error(`${taskId} is ${found.state}: ${found.outcome?.message}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async stop() {
      await web.stop(500);
      await worker?.stop(0);
      await queue.close();
      for (const dir of [project, home]) rmSync(dir, { recursive: true, force: true });
    },
  };
}
