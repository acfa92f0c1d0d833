import type { UserSetup } from "../src/setup/user-setup.ts";

const unexpected = (name: string) => () => Promise.reject(new Error(`unexpected call of ${name}`));

/** A person who has every provider and every key. */
export function fakeSetup(parts: Partial<UserSetup>): UserSetup {
  return {
    keys: async () => [
      { provider: "anthropic", source: "env ANTHROPIC_API_KEY" },
      { provider: "openai", source: "config.json" },
    ],
    saveKey: unexpected("saveKey"),
    removeKey: unexpected("removeKey"),
    checkKeys: unexpected("checkKeys"),
    providerNames: async () => ["openai", "anthropic", "claude-code"],
    assertProvider: async () => {},
    assertKey: async () => {},
    models: unexpected("models"),
    ...parts,
  };
}
