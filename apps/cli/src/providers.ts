import { createRedactor, loadUserConfig, type Provider } from "@pm/core";
import { createClaudeCodeProvider, createReplayProvider, resolveClaudeCommand } from "@pm/providers";

type Env = Readonly<Record<string, string | undefined>>;

interface Places {
  readonly homeDir: string;
  readonly pmHome: string;
  /** A `claude` of the project's own on PATH is passed over. */
  readonly projectDir: string;
}

/** @throws E112, E113 where the user's config.json in `pmHome` is not usable */
export async function claudeCode(env: Env, places: Places): Promise<Provider> {
  const config = await loadUserConfig(places.pmHome);
  const configKey = config.keys?.anthropic;
  return createClaudeCodeProvider({
    command: resolveClaudeCommand({
      env,
      config: config.providers?.["claude-code"]?.command,
      projectDir: places.projectDir,
    }),
    env,
    configKey,
    homeDir: places.homeDir,
    redactor: createRedactor(configKey === undefined ? [] : [configKey]),
  });
}

export function replay(path: string): Provider {
  return createReplayProvider({ path });
}
