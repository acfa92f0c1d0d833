import { isRunnerError } from "@pm/core";
import { isBuiltIn } from "../../setup/provider-names.ts";
import type { ReplSetup } from "./repl-setup.ts";

/** Its own login stands in for a key. */
const AGENT = "claude-code";

/**
 * Whether Key Setup Mode is on: no API key in environment or config.json, and Claude Code has no login of its own. Recordings
 * and providers of the person's own bring what they need.
 * @returns why, and what to type; null where everything works
 * @throws RunnerError E112, E113 where config.json is not usable
 */
export async function keySetupReason(setup: ReplSetup, provider: string): Promise<string | null> {
  if (!isBuiltIn(provider)) return null;
  const statuses = await setup.keys();
  if (statuses.some(({ source }) => source !== null)) return null;
  try {
    await setup.login(AGENT);
    return null;
  } catch (error) {
    if (!isRunnerError(error)) throw error;
    const login =
      error.code === "E503" ? "Claude Code has no login of its own" : error.message.replace(/\.$/, "");
    return `no API key is set, and ${lowerFirst(login)}. Set a key: ${keyCommand(provider)}`;
  }
}

/** What is typed to set the key that a provider needs. */
export function keyCommand(provider: string): string {
  return `/keys set ${provider === "openai" ? "openai" : "anthropic"} <key>`;
}

const lowerFirst = (text: string) => (/^The /.test(text) ? text[0]?.toLowerCase() + text.slice(1) : text);
