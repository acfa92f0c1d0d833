import { createOpenAI } from "@ai-sdk/openai";
import type { Provider } from "@pm/core";
import { type AgentLoopOptions, createAgentLoopProvider } from "../agent-loop/agent-loop-provider.ts";
import type { Fetch } from "../agent-loop/http-fetch.ts";
import type { Dialect } from "../agent-loop/model-types.ts";

const DEFAULT_URL = "https://api.openai.com/v1";
const DEFAULT_MODEL = "gpt-6.1-sol";
const KEY_CHARS = 64;

export interface OpenaiProviderOptions extends AgentLoopOptions {
  /** Which of OpenAI's two APIs the endpoint speaks. Default `responses`. */
  readonly api?: "responses" | "chat" | undefined;
  /** Which variable of the person's environment holds the key. Default `OPENAI_API_KEY`. */
  readonly keyVariable?: string | undefined;
}

/** Our own agent on OpenAI's Responses API, or on any endpoint that speaks one of OpenAI's two. */
export function createOpenaiProvider(options: OpenaiProviderOptions): Provider {
  const { baseUrl, key, provider } = options.endpoint;
  const isOwn = provider === "openai";
  const api = options.api ?? "responses";
  return createAgentLoopProvider(options, {
    title: isOwn ? "OpenAI API" : "OpenAI-compatible API",
    defaultUrl: DEFAULT_URL,
    defaultModel: DEFAULT_MODEL,
    keyVariable: options.keyVariable ?? "OPENAI_API_KEY",
    dialect: dialectOf(api, isOwn),
    model(id, fetch) {
      const openai = createOpenAI({
        apiKey: key ?? "",
        baseURL: baseUrl,
        fetch: key === null ? withoutKey(fetch) : fetch,
      });
      return api === "chat" ? openai.chat(id) : openai.responses(id);
    },
  });
}

function dialectOf(api: "responses" | "chat", isOwn: boolean): Dialect {
  return {
    // Nothing is stored there; what the model thought comes back to us encrypted, and is handed on.
    options: (thread) => ({
      openai: {
        ...(api === "responses" ? { store: false } : {}),
        ...(isOwn ? { promptCacheKey: thread.slice(-KEY_CHARS) } : {}),
      },
    }),
    cacheMark: null,
    defaultMaxOutput: null,
  };
}

/** The SDK always sends a key, if an empty one. */
function withoutKey(fetch: Fetch): Fetch {
  return (input, init = {}) => {
    const headers = new Headers(init.headers);
    headers.delete("authorization");
    return fetch(input, { ...init, headers });
  };
}
