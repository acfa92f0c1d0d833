import { createRedactor, loadUserConfig, type Provider } from "@pm/core";
import { createClaudeCodeProvider, createReplayProvider, resolveClaudeCommand } from "@pm/providers";

type Env = Readonly<Record<string, string | undefined>>;

/** @throws E112, E113 where the user's config.json in `pmHome` is not usable */
export async function claudeCode(env: Env, homeDir: string, pmHome: string): Promise<Provider> {
  const config = await loadUserConfig(pmHome);
  const configKey = config.keys?.anthropic;
  return createClaudeCodeProvider({
    command: resolveClaudeCommand({ env, config: config.providers?.["claude-code"]?.command }),
    env,
    configKey,
    homeDir,
    redactor: createRedactor(configKey === undefined ? [] : [configKey]),
  });
}

export function replay(path: string): Provider {
  return createReplayProvider({ path });
}
