/** A real engine with a scripted agent, and a queue in front of it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEngine, type Engine, type QueueTask, type TaskInput, type TaskQueue } from "@pm/core";
import {
  createQueuedEngine,
  createWorker,
  openQueue,
  placeOf,
  type QueuedEngine,
  type Worker,
} from "@pm/queue";
import { HONEST, PLAN, PROMPT } from "../../../packages/core/test/support/honest-script.ts";
import { type Files, makeProject } from "../../../packages/core/test/support/sample-project.ts";
import {
  createScriptedProvider,
  type Script,
} from "../../../packages/core/test/support/scripted-provider.ts";
import { newWorkerId } from "../../../packages/queue/src/worker/worker-id.ts";

const TEST = (name: string) =>
  `import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { f } from "../src/${name}.js";\n\ntest("gives its name", () => assert.equal(f(), "${name}"));\n`;

/** An honest agent of which each task asks for a function of its own; the prompt's last word is its name. */
export const EACH_ITS_OWN: Script = {
  ...HONEST,
  PLANNING: ({ task }) => {
    const argv = ["node", "--test", `test/${nameIn(task)}.test.js`];
    return { answer: { ...PLAN, checks: [{ id: "C1", requirement: "R1", type: "command", argv }] } };
  },
  EXECUTION: ({ task }) => ({
    writes: {
      [`src/${nameIn(task)}.js`]: `export function f() {\n  return "${nameIn(task)}";\n}\n`,
      [`test/${nameIn(task)}.test.js`]: TEST(nameIn(task)),
    },
  }),
};

const nameIn = (prompt: string) => prompt.split(" ").at(-1) ?? "";

/** A key that must be found nowhere. */
export const SECRET = "canary-0123456789abcdef";

export const task = (name: string): TaskInput => ({
  prompt: `${PROMPT} ${name}`,
  kind: "change",
  scope: [],
  checks: [],
});

export interface Bench {
  readonly project: string;
  readonly home: string;
  /** Without the queue. */
  readonly engine: Engine;
  readonly queued: QueuedEngine;
  readonly queue: TaskQueue;
  readonly requests: ReturnType<typeof createScriptedProvider>["requests"];
  worker(concurrency?: number): Promise<Worker>;
  /** @returns the task once it is in one of the states. */
  until(taskId: string, ...states: QueueTask["state"][]): Promise<QueueTask>;
  front(namespace: string): Promise<QueuedEngine>;
  end(): Promise<void>;
}

export async function makeBench(script: Script, files: Files = {}): Promise<Bench> {
  const project = makeProject(files);
  const home = mkdtempSync(join(tmpdir(), "pm-home-"));
  const provider = createScriptedProvider(script);
  const engine = createEngine({ home, version: "0.0.0", providers: () => provider });
  const open: TaskQueue[] = [];
  const workers: Worker[] = [];
  const queueOf = async (namespace: string) => {
    const opened = await openQueue({ engine: "sqlite", home, namespace });
    open.push(opened);
    return opened;
  };
  const queue = await queueOf("default");
  return {
    ...{ project, home, engine, queue, requests: provider.requests },
    queued: createQueuedEngine({
      ...{ engine, queue: async () => queue, namespace: "default", home },
      secrets: [SECRET],
    }),
    async worker(concurrency = 2) {
      const places = [await placeOf("sqlite", home, project)];
      const worker = createWorker({ engine, queue: await queueOf("default"), places, concurrency });
      workers.push(worker);
      return worker;
    },
    async until(taskId, ...states) {
      for (;;) {
        const found = await queue.get(taskId);
        if (states.includes(found.state)) return found;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async front(namespace) {
      const other = await queueOf(namespace);
      return createQueuedEngine({ engine, queue: async () => other, namespace, home });
    },
    async end() {
      await Promise.all(workers.map((worker) => worker.stop(0)));
      for (const opened of open) await opened.close();
      for (const dir of [project, home]) rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** The id of a worker of this machine whose process is no more. */
export async function deadWorker(): Promise<string> {
  const child = spawn(process.execPath, ["-e", "0"], { stdio: "ignore" });
  await once(child, "exit");
  const [machine, , start, chance] = newWorkerId().split("-");
  return [machine, child.pid, start, chance].join("-");
}
