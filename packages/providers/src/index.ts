export { type AcpEndpoint, type AcpProviderOptions, createAcpProvider } from "./acp/acp-provider.ts";
export { type AnthropicProviderOptions, createAnthropicProvider } from "./anthropic/anthropic-provider.ts";
export {
  type ClaudeCodeProviderOptions,
  createClaudeCodeProvider,
} from "./claude-code/claude-code-provider.ts";
export { type Command, type CommandInput, resolveClaudeCommand } from "./claude-code/command.ts";
export { KNOWN_AS_OF } from "./models/known-models.ts";
export { listModels } from "./models/list-models.ts";
export type { ModelPrice } from "./models/model-facts.ts";
export { type ModelsEndpoint, modelsEndpoint } from "./models/models-endpoint.ts";
export { offeredModels } from "./models/offered-models.ts";
export { priceOf } from "./models/price-of.ts";
export { createOpenaiProvider, type OpenaiProviderOptions } from "./openai/openai-provider.ts";
export { createReplayProvider, type ReplayProviderOptions } from "./replay/replay-provider.ts";
export { toRecording } from "./replay/to-recording.ts";
