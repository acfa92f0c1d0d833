export {
  type ClaudeCodeProviderOptions,
  createClaudeCodeProvider,
} from "./claude-code/claude-code-provider.ts";
export { type Command, type CommandInput, resolveClaudeCommand } from "./claude-code/command.ts";
export { createReplayProvider, type ReplayProviderOptions } from "./replay/replay-provider.ts";
export { toRecording } from "./replay/to-recording.ts";
