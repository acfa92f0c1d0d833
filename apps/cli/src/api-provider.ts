import { createRedactor, keyStatus, type Provider, type UserConfig } from "@pm/core";
import { createAnthropicProvider, createOpenaiProvider, modelsEndpoint } from "@pm/providers";
import type { ProviderPlace } from "./providers.ts";

/**
 * Our own agent on an API: Anthropic's, OpenAI's, or an endpoint of the person's config.json.
 * @returns null for a name that is none of these. @throws E112 where an address is no http(s) url
 */
export function apiProvider(
  name: string,
  config: UserConfig,
  { env, version }: Pick<ProviderPlace, "env" | "version">,
): Provider | null {
  const endpoint = modelsEndpoint(name, env, config);
  if (endpoint === null) return null;
  const common = {
    endpoint,
    redactor: createRedactor(endpoint.key === null ? [] : [endpoint.key]),
    version,
    prices: config.prices,
  };
  const source = keyStatus(env, config).find(({ provider }) => provider === name)?.source ?? null;
  if (name === "anthropic") {
    return createAnthropicProvider({ ...common, keySource: source, model: env.ANTHROPIC_MODEL });
  }
  if (name === "openai") {
    const api = config.providers?.openai?.api;
    return createOpenaiProvider({ ...common, keySource: source, model: env.OPENAI_MODEL, api });
  }
  const own = config.providers?.[name];
  if (own === undefined || !("type" in own) || own.type !== "openai") return null;
  const { key_env: keyVariable, model, api } = own;
  if (keyVariable === undefined) return createOpenaiProvider({ ...common, keySource: null, model, api });
  return createOpenaiProvider({
    ...common,
    endpoint: { ...endpoint, keyless: false },
    keySource: `env ${keyVariable}`,
    keyVariable,
    model,
    api,
  });
}
