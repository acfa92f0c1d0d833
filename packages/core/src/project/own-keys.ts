import * as z from "zod";
import { settingsSchema } from "./settings.ts";

/** Our top-level keys of `settings.json`. */
export const OWN_KEYS: readonly string[] = Object.keys(settingsSchema.shape);

/**
 * Keys of Claude Code's own in the same file: never taken for a misspelt key of ours. Keys that are on no list are left
 * alone as well, unless they look like one of ours.
 */
export const CLAUDE_KEYS: readonly string[] = [
  "$schema",
  "allowedMcpServers",
  "alwaysThinkingEnabled",
  "apiKeyHelper",
  "attribution",
  "autoUpdatesChannel",
  "availableModels",
  "awsAuthRefresh",
  "awsCredentialExport",
  "cleanupPeriodDays",
  "companyAnnouncements",
  "deniedMcpServers",
  "disableAllHooks",
  "disabledMcpjsonServers",
  "effortLevel",
  "enableAllProjectMcpServers",
  "enabledMcpjsonServers",
  "enabledPlugins",
  "env",
  "extraKnownMarketplaces",
  "fileSuggestion",
  "forceLoginMethod",
  "forceLoginOrgUUID",
  "hooks",
  "includeCoAuthoredBy",
  "language",
  "model",
  "otelHeadersHelper",
  "outputStyle",
  "permissions",
  "plansDirectory",
  "plugins",
  "respectGitignore",
  "sandbox",
  "showTurnDuration",
  "skipWebFetchPreflight",
  "spinnerTipsEnabled",
  "spinnerVerbs",
  "statusLine",
  "teammateMode",
  "terminalProgressBarEnabled",
];

/** Keys of our sections whose names nobody else uses: at the top level they are misplaced. */
const NESTED = new Map(
  Object.entries(z.toJSONSchema(settingsSchema, { io: "input" }).properties ?? {}).flatMap(
    ([section, schema]) =>
      Object.keys((typeof schema === "object" && schema.properties) || {})
        .filter((key) => key.includes("_") || key === "subagents" || key === "executors")
        .map((key): [string, string] => [letters(key), `${section}.${key}`]),
  ),
);

/**
 * @returns the key of ours that a top-level key was probably meant to be, or null where it is not ours to judge: same
 * letters but for case, dash and underscore, or at most two letters apart (fewer for short names).
 */
export function intendedKey(key: string): string | null {
  if (OWN_KEYS.includes(key) || CLAUDE_KEYS.includes(key)) return null;
  const plain = letters(key);
  const same = OWN_KEYS.find((own) => letters(own) === plain) ?? NESTED.get(plain);
  return same ?? nearestKey(key, OWN_KEYS);
}

/** @returns the nearest of `known`, at most two letters away (one for names of up to five, none up to two), or null. */
export function nearestKey(key: string, known: readonly string[]): string | null {
  const near = known
    .map((own) => ({ own, away: distance(letters(key), letters(own)) }))
    .filter(({ own, away }) => away <= Math.min(2, Math.floor(own.length / 3)))
    .sort((left, right) => left.away - right.away);
  return near[0]?.own ?? null;
}

function letters(key: string): string {
  return key.toLowerCase().replaceAll(/[_\s-]/g, "");
}

/** Levenshtein distance. */
function distance(left: string, right: string): number {
  if (Math.abs(left.length - right.length) > 2) return 3;
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const swap = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(swap, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}
