import * as z from "zod";
import type { Command } from "./command.ts";
import { probeCommand } from "./probe-command.ts";

const statusSchema = z.looseObject({ loggedIn: z.boolean() });
const TIMEOUT_MS = 15_000;

/**
 * Asks the executable itself whether it is logged in, where we found no key; it does so without network. Only its plain
 * "no" counts: a stand-in that knows no such question may need no login.
 * @returns the login's source for people, null for "not logged in".
 */
export async function ownLogin(
  command: Command,
  env: Readonly<Record<string, string | undefined>>,
  homeDir: string,
): Promise<string | null> {
  const args = ["auth", "status"];
  const probe = await probeCommand({ command, args, env, homeDir, timeoutMs: TIMEOUT_MS });
  const answer = statusSchema.safeParse(parse(probe.stdout));
  if (!answer.success) return "left to the executable";
  return answer.data.loggedIn ? "the executable's own login" : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
