import { createAnthropic } from "@ai-sdk/anthropic";
import type { Provider } from "@pm/core";
import { type AgentLoopOptions, createAgentLoopProvider } from "../agent-loop/agent-loop-provider.ts";

const DEFAULT_URL = "https://api.anthropic.com";
const DEFAULT_MODEL = "claude-sonnet-5-5";
/** What a model that we don't know can surely say in one answer. */
const DEFAULT_MAX_OUTPUT = 8_192;

export type AnthropicProviderOptions = AgentLoopOptions;

/** Our own agent on Anthropic's Messages API. */
export function createAnthropicProvider(options: AnthropicProviderOptions): Provider {
  const { baseUrl, key } = options.endpoint;
  return createAgentLoopProvider(options, {
    title: "Anthropic API",
    defaultUrl: DEFAULT_URL,
    defaultModel: DEFAULT_MODEL,
    keyVariable: "ANTHROPIC_API_KEY",
    dialect: {
      options: () => ({}),
      cacheMark: { anthropic: { cacheControl: { type: "ephemeral" } } },
      defaultMaxOutput: DEFAULT_MAX_OUTPUT,
    },
    model: (id, fetch) =>
      createAnthropic({ apiKey: key ?? "", baseURL: `${baseUrl.replace(/\/v1$/, "")}/v1`, fetch })(id),
  });
}
