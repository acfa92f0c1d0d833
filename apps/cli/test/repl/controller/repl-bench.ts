/** A real controller: the real engine, queue and worker, on a project of the test, with a recording in place of an agent. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RunnerError } from "@pm/core";
import { onTestFinished } from "vitest";
import { recordedSession } from "../../../../../test/support/recorded-session.ts";
import { createLazyServices } from "../../../src/lazy-services.ts";
import { createReplController } from "../../../src/repl/controller/create-repl-controller.ts";
import { createNodeSetup } from "../../../src/repl/controller/node-setup.ts";
import { createNodeWeb } from "../../../src/repl/controller/node-web.ts";
import type { ReplController, ReplItem } from "../../../src/repl/controller/repl-controller.ts";
import type { ReplSetup } from "../../../src/repl/controller/repl-setup.ts";
import type { ReplWeb } from "../../../src/repl/controller/repl-web.ts";
import { itemLines } from "../../../src/repl/plain/item-lines.ts";

/** The task that the recording plays. */
export const PROMPT = "Make `slug` return an empty string for an empty string.";

export interface ReplBenchOptions {
  readonly files?: Parameters<typeof recordedSession>[0];
  readonly worker?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** Of each run of the agent. */
  readonly delayMs?: number;
  readonly setup?: Partial<ReplSetup>;
  readonly web?: Partial<ReplWeb>;
  /** False: the provider is left to be chosen. */
  readonly replay?: boolean;
}

export interface ReplBench {
  readonly controller: ReplController;
  readonly project: string;
  readonly folder: string;
  readonly recording: string;
  readonly env: Readonly<Record<string, string>>;
  readonly items: readonly ReplItem[];
  readonly attention: readonly string[];
  /** Types a line. @returns what was printed for it, as text */
  type(line: string): Promise<string>;
  /** The same, once what it began has come to rest. */
  typeAndWait(line: string): Promise<string>;
  /** Another one on the same project and home. */
  another(options?: ReplBenchOptions): ReplBench;
}

const NOT_LOGGED_IN = { login: () => Promise.reject(new RunnerError("E503", { provider: "claude-code" })) };
/** This process is no `pm` that could be started again. */
const NO_WEB = { start: () => Promise.reject(new Error("unexpected start of a web server")) };

export function replBench(options: ReplBenchOptions = {}): ReplBench {
  const { project, folder, env } = recordedSession(options.files, options.delayMs);
  if (options.replay !== false) {
    const provider = `replay:${join(folder, "recording.json")}`;
    writeFileSync(join(project, ".claude", "repl.json"), JSON.stringify({ provider }));
  }
  return benchOn({ project, folder, env }, options);
}

interface Ground {
  readonly project: string;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

function benchOn(ground: Ground, options: ReplBenchOptions): ReplBench {
  const { project, folder } = ground;
  const env = { PATH: process.env.PATH ?? "", ...ground.env, ...options.env };
  const services = createLazyServices(env, "0.0.0");
  const setup = { ...createNodeSetup(env, project), ...NOT_LOGGED_IN, ...options.setup };
  const controller = createReplController({
    ...{ services, setup, project, namespace: "default", worker: options.worker ?? true },
    web: { ...createNodeWeb(env, { project, namespace: "default" }), ...NO_WEB, ...options.web },
    monotonic: () => performance.now(),
  });
  const items: ReplItem[] = [];
  const attention: string[] = [];
  controller.onItem((item) => items.push(item));
  controller.onAttention((what) => attention.push(what));
  onTestFinished(async () => {
    await controller.close();
    await services.close();
  });
  const textFrom = (index: number) =>
    items
      .slice(index)
      .flatMap((item) => itemLines(item, null))
      .join("\n");
  async function type(line: string): Promise<string> {
    const from = items.length;
    await controller.submit(line);
    return textFrom(from);
  }
  return {
    ...{ controller, project, folder, env, items, attention, type },
    recording: join(folder, "recording.json"),
    async typeAndWait(line) {
      const from = items.length;
      await controller.submit(line);
      await controller.settled();
      return textFrom(from);
    },
    another: (other = {}) => benchOn(ground, other),
  };
}

export const readText = (...path: string[]) => readFileSync(join(...path), "utf8");
