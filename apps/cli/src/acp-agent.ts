import {
  type AcpAgent,
  createRedactor,
  KEY_VARIABLES,
  keyStatus,
  type Provider,
  type UserConfig,
} from "@pm/core";
import { type AcpEndpoint, createAcpProvider, resolveClaudeCommand } from "@pm/providers";
import type { ProviderPlace } from "./providers.ts";

type Place = Pick<ProviderPlace, "env" | "version" | "projectDir">;
type Endpoint = NonNullable<AcpAgent["endpoint"]>;

/**
 * An agent of the person's config.json that speaks the Agent Client Protocol.
 * @returns null for a name that is none.
 */
export function acpAgent(name: string, config: UserConfig, place: Place): Provider | null {
  const own = Object.hasOwn(config.providers ?? {}, name) ? config.providers?.[name] : undefined;
  if (own === undefined || !("type" in own) || own.type !== "acp") return null;
  const endpoint = own.endpoint === undefined ? null : endpointOf(own.endpoint, config, place.env);
  return createAcpProvider({
    name,
    command: resolveClaudeCommand({
      env: { PATH: place.env.PATH },
      config: own.command,
      projectDir: place.projectDir,
    }),
    env: own.env ?? {},
    endpoint,
    prices: config.prices,
    redactor: createRedactor(endpoint?.key ? [endpoint.key.secret] : []),
    version: place.version,
  });
}

function endpointOf({ key, ...rest }: Endpoint, config: UserConfig, env: Place["env"]): AcpEndpoint {
  const variable = typeof key === "string" ? KEY_VARIABLES[key] : key.env;
  const said = env[variable]?.trim() || (typeof key === "string" ? config.keys?.[key] : undefined);
  const source =
    typeof key === "string"
      ? keyStatus(env, config).find(({ provider }) => provider === key)?.source
      : `env ${variable}`;
  return { ...rest, variable, key: said && source ? { secret: said, source } : null };
}
