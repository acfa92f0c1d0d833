import { RunnerError } from "@pm/core";

const DEFAULT = "https://api.anthropic.com";

export interface Upstream {
  readonly url: URL;
  readonly isDefault: boolean;
}

/**
 * The API that the gateway forwards to: the person's ANTHROPIC_BASE_URL, else Anthropic's.
 * @throws RunnerError E112 where that is no http(s) url.
 */
export function upstreamOf(env: Readonly<Record<string, string | undefined>>): Upstream {
  const given = env.ANTHROPIC_BASE_URL?.trim();
  if (!given) return { url: new URL(DEFAULT), isDefault: true };
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url === null || !["http:", "https:"].includes(url.protocol)) {
    throw new RunnerError("E112", { path: "ANTHROPIC_BASE_URL", reason: `${given} is no http or https url` });
  }
  return { url, isDefault: false };
}
