import { createRedactor, type Provider, type UserConfig } from "@pm/core";
import { createClaudeCodeProvider, createReplayProvider, resolveClaudeCommand } from "@pm/providers";

type Env = Readonly<Record<string, string | undefined>>;

export function claudeCode(env: Env, homeDir: string, config: UserConfig): Provider {
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
