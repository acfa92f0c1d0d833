import type { UserConfig } from "./user-config.ts";

/** Providers that have a key of their own. */
export type KeyProvider = "anthropic" | "openai";

export interface KeyStatus {
  readonly provider: KeyProvider;
  /** Where it comes from: `env ANTHROPIC_API_KEY` or `config.json`; null where it is not set. The key itself is never told. */
  readonly source: string | null;
}

/** The environment's variable of each key. */
export const KEY_VARIABLES = { anthropic: "ANTHROPIC_API_KEY", openai: "OPENAI_API_KEY" } as const;

/** Pure. The environment wins over config.json. */
export function keyStatus(
  env: Readonly<Record<string, string | undefined>>,
  config: Pick<UserConfig, "keys">,
): readonly KeyStatus[] {
  return (["anthropic", "openai"] as const).map((provider) => {
    const variable = KEY_VARIABLES[provider];
    if ((env[variable] ?? "").trim() !== "") return { provider, source: `env ${variable}` };
    return { provider, source: config.keys?.[provider] === undefined ? null : "config.json" };
  });
}
