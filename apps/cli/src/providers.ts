import { createRedactor, loadUserConfig, type Provider, type UserConfig } from "@pm/core";
import { createClaudeCodeProvider, createReplayProvider, resolveClaudeCommand } from "@pm/providers";
import { providerNames, unknownProvider } from "./setup/provider-names.ts";

export interface ProviderPlace {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDir: string;
  readonly pmHome: string;
  /** A `claude` of the project's own on PATH is passed over. */
  readonly projectDir: string;
  /** Of pm. */
  readonly version: string | undefined;
}

/**
 * One of pm's own providers, or of the person's config.json in `pmHome`.
 * @throws E112, E113 where that file is not usable, E507 where nothing is called so
 */
export async function namedProvider(name: string, place: ProviderPlace): Promise<Provider> {
  const config = await loadUserConfig(place.pmHome);
  if (name === "claude-code") return claudeCode(config, place);
  // The SDKs of models are large, and only those who run one need them.
  const { acpAgent, apiProvider } = await import("./api-part.ts");
  const provider = apiProvider(name, config, place) ?? acpAgent(name, config, place);
  if (provider === null) throw unknownProvider(name, providerNames(config));
  return provider;
}

function claudeCode(config: UserConfig, { env, homeDir, projectDir }: ProviderPlace): Provider {
  const configKey = config.keys?.anthropic;
  return createClaudeCodeProvider({
    command: resolveClaudeCommand({
      env,
      config: config.providers?.["claude-code"]?.command,
      projectDir,
    }),
    env,
    configKey,
    prices: config.prices,
    homeDir,
    redactor: createRedactor(configKey === undefined ? [] : [configKey]),
  });
}

export function replay(path: string): Provider {
  return createReplayProvider({ path });
}
