import { RunnerError, type UserConfig } from "@pm/core";
import { suggest } from "../command-line/suggest.ts";

/** Providers that need no setting up in config.json. */
export const BUILT_IN_PROVIDERS = ["openai", "anthropic", "claude-code"] as const;
export const REPLAY_PREFIX = "replay:";

/** @returns what a provider can be called: those of pm, then the person's own. A recording is named by its path, not here. */
export function providerNames(config: Pick<UserConfig, "providers">): readonly string[] {
  const own = Object.keys(config.providers ?? {}).filter((name) => !isBuiltIn(name));
  return [...BUILT_IN_PROVIDERS, ...own.sort()];
}

export function isBuiltIn(name: string): name is (typeof BUILT_IN_PROVIDERS)[number] {
  return (BUILT_IN_PROVIDERS as readonly string[]).includes(name);
}

/** @returns E507, with the names there are and the one that was probably meant */
export function unknownProvider(name: string, names: readonly string[]): RunnerError {
  const suggestion = suggest(name, [...names, "replay"]);
  return new RunnerError("E507", {
    name,
    suggestion,
    known: [...names, `${REPLAY_PREFIX}<file>`].join(", "),
  });
}
