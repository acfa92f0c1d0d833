import { type AcpAgent, loadUserConfig, type OpenaiCompatible } from "@pm/core";

/**
 * @returns the API keys of the user's config.json, and those of the environment that it names. @throws E112, E113
 */
export async function userKeys(
  home: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly string[]> {
  const { keys, providers } = await loadUserConfig(home);
  const named = Object.values(providers ?? {}).flatMap((own) =>
    own !== undefined && "type" in own ? (variableOf(own) ?? []) : [],
  );
  return [...Object.values(keys ?? {}), ...named.map((name) => env[name]?.trim())].filter(
    (key) => key !== undefined,
  );
}

/** The variable that holds the key of a provider of the person's own. */
function variableOf(own: OpenaiCompatible | AcpAgent): string | undefined {
  if (own.type === "openai") return own.key_env;
  const key = own.endpoint?.key;
  return typeof key === "object" ? key.env : undefined;
}
