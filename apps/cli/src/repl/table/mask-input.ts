import { createRedactor } from "@pm/core";
import type { ReplCommand } from "./repl-command.ts";

const DOTS = "••••••";
/** Also a slip of the keys: `/key set …`, `/keys SET …`. */
const SETS_KEY = /^(\s*\/\S+\s+set)(?:(\s+\S+)?(\s+)([\s\S]*))?$/i;

const redactor = createRedactor([]);

/** Whether what is typed holds, or is about to hold, a key: it goes into no history and no draft. */
export function isSecretInput(text: string, commands: readonly ReplCommand[]): boolean {
  if (SETS_KEY.test(text)) return true;
  const [slash = "", ...words] = text.trim().split(/\s+/);
  const command = commands.find(({ name }) => `/${name}` === slash);
  return command?.secret?.(words) === true || redactor.redact(text) !== text;
}

/** @returns what was typed as it may be shown: a key in it is dots (R4). */
export function maskInput(text: string): string {
  const masked = text.replace(SETS_KEY, (_, head: string, provider = "", space = "", rest = "") => {
    const key = rest.trim() !== "";
    if (!key && provider === "") return head;
    // A single word after `set` may be the key itself, typed without its provider.
    return key && provider !== "" ? `${head}${provider}${space}${DOTS}` : `${head} ${DOTS}`;
  });
  return redactor.redact(masked);
}
