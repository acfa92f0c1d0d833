import type { RetryPolicy } from "../../src/agent-loop/with-retries.ts";
import { createAnthropicProvider, createOpenaiProvider } from "../../src/index.ts";
import type { Driver } from "./driver.ts";

type Api = "messages" | "responses" | "chat";

/** Pauses as long as they are, but a hundred times shorter. */
export const QUICK: Partial<RetryPolicy> = {
  maxRetries: 2,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms / 100)),
};

/** Our own agent, on one of the three APIs. */
export function loopDriver(
  api: Api,
  extra: { readonly model?: string; readonly maxTurns?: number } = {},
): Driver {
  return {
    name: api === "messages" ? "anthropic" : `openai (${api})`,
    write: (dir, path, content) => ["write", { path: dir === "/" ? `/${path}` : path, content }],
    read: (_, path) => ["read", { path }],
    edit: (_, path, old_string, new_string) => ["edit", { path, old_string, new_string }],
    shell: (argv) => ["shell", { argv }],
    answer: (value) => ["answer", value],
    resumes: true,
    endsItself: true,
    exitOfFailure: 1,
    codes: {},
    make(_, server, key) {
      const common = {
        keySource: "env KEY",
        redactor: { redact: (text: string) => text },
        version: "0.0.0-test",
        policy: QUICK,
        ...extra,
      };
      if (api === "messages") {
        const endpoint = {
          provider: "anthropic",
          api: "anthropic",
          baseUrl: server.url,
          key,
          keyless: false,
        } as const;
        return createAnthropicProvider({ ...common, endpoint });
      }
      const baseUrl = `${server.url}/v1`;
      const endpoint = { provider: "openai", api: "openai", baseUrl, key, keyless: false } as const;
      return createOpenaiProvider({ ...common, endpoint, api });
    },
  };
}
