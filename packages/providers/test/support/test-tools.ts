import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { AgentRunRequest } from "@pm/core";
import { openToolHost } from "../../src/tools/open-tool-host.ts";
import type { ToolHost, ToolOutcome } from "../../src/tools/tool-host.ts";
import { isolatedExec } from "./isolated-exec.ts";
import { makeTestRun, type TestRun } from "./make-request.ts";
import { plainExec } from "./plain-exec.ts";

export interface TestTools {
  readonly run: TestRun;
  readonly host: ToolHost;
  ask(name: string, input: unknown, signal?: AbortSignal): Promise<ToolOutcome>;
  put(path: string, content: string | Buffer): void;
  get(path: string): Buffer;
  close(): Promise<void>;
}

export interface TestToolsOptions {
  readonly isolated?: boolean;
  readonly access?: "read" | "write";
  readonly patienceSeconds?: number;
  readonly request?: Partial<AgentRunRequest>;
  /** Added to the host's environment. */
  readonly env?: Record<string, string>;
}

/** A tool host in a workspace of its own. */
export function openTestTools(options: TestToolsOptions = {}): TestTools {
  const { isolated = false, access = "write", patienceSeconds = 10 } = options;
  const run = makeTestRun();
  const exec = isolated ? isolatedExec(run, access) : plainExec(run.workspace, run.home);
  const request = run.request({
    access,
    exec: (spec) => exec({ ...spec, env: { ...spec.env, ...options.env } }),
    ...options.request,
  });
  const host = openToolHost(request, { patienceSeconds });
  return {
    run,
    host,
    ask: (name, input, signal = new AbortController().signal) => host.call({ name, input }, signal),
    put(path, content) {
      mkdirSync(dirname(join(run.workspace, path)), { recursive: true });
      writeFileSync(join(run.workspace, path), content);
    },
    get: (path) => readFileSync(join(run.workspace, path)),
    async close() {
      await host.end();
      rmSync(run.dir, { recursive: true, force: true });
    },
  };
}
