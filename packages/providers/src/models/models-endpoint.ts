import { RunnerError, type UserConfig } from "@pm/core";

type Env = Readonly<Record<string, string | undefined>>;

/** Where the models of a provider are asked for. */
export interface ModelsEndpoint {
  /** As errors name it. */
  readonly provider: string;
  readonly api: "anthropic" | "openai";
  /** Without `/v1` for Anthropic's API, with it for OpenAI's. */
  readonly baseUrl: string;
  /** Null where none is set; an endpoint of the person's own may need none. */
  readonly key: string | null;
  /** Whether it is asked without a key. */
  readonly keyless: boolean;
}

const APIS = {
  anthropic: { key: "ANTHROPIC_API_KEY", url: "ANTHROPIC_BASE_URL", base: "https://api.anthropic.com" },
  openai: { key: "OPENAI_API_KEY", url: "OPENAI_BASE_URL", base: "https://api.openai.com/v1" },
} as const;

/**
 * Pure. What the environment says wins over config.json.
 * @param provider `anthropic`, `openai`, or an endpoint of the person's own
 * @returns null for what has no such endpoint. @throws RunnerError E112 where an address is no http(s) url
 */
export function modelsEndpoint(provider: string, env: Env, config: UserConfig): ModelsEndpoint | null {
  if (provider === "anthropic" || provider === "openai") {
    const known = APIS[provider];
    const key = said(env[known.key]) ?? config.keys?.[provider] ?? null;
    const given = said(env[known.url]);
    const baseUrl = given ?? config.providers?.[provider]?.base_url ?? known.base;
    if (given !== null) assertHttp(known.url, given);
    return { provider, api: provider, baseUrl: withoutSlash(baseUrl), key, keyless: false };
  }
  const own =
    provider !== "claude-code" && Object.hasOwn(config.providers ?? {}, provider)
      ? config.providers?.[provider]
      : undefined;
  if (own?.type !== "openai") return null;
  const key = own.key_env === undefined ? null : said(env[own.key_env]);
  return { provider, api: "openai", baseUrl: withoutSlash(own.base_url), key, keyless: true };
}

const said = (value: string | undefined) => value?.trim() || null;

const withoutSlash = (url: string) => url.replace(/\/+$/, "");

function assertHttp(variable: string, given: string): void {
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url === null || !["http:", "https:"].includes(url.protocol)) {
    throw new RunnerError("E112", { path: variable, reason: `${given} is no http or https url` });
  }
}
