export { createReplayProvider, type ReplayProviderOptions } from "./replay/replay-provider.ts";
