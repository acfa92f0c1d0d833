import { createRedactor } from "@pm/core";
import type { ReplCommand } from "./repl-command.ts";

const DOTS = "••••••";
/** Also slips of the keys: `/key set …`, `/keys put …`, `/kyes …`. */
const ABOUT_KEYS = /^\s*\/(?:k\S*|\S+\s+set)(?=\s)/i;
/** What is no key in such a line. */
const WORDS = new Set(["set", "check", "remove", "anthropic", "openai"]);

const redactor = createRedactor([]);

/** Whether what is typed holds, or is about to hold, a key: it goes into no history and no draft. */
export function isSecretInput(text: string, commands: readonly ReplCommand[]): boolean {
  const [name = "", ...words] = text.trim().split(/\s+/);
  const command = commands.find((known) => `/${known.name}` === name);
  return command?.secret?.(words) === true || maskInput(text) !== text;
}

/** @returns what was typed as it may be shown: a key in it is dots (R4). */
export function maskInput(text: string): string {
  if (!ABOUT_KEYS.test(text)) return redactor.redact(text);
  const name = /^\s*\S+/.exec(text)?.[0] ?? "";
  const rest = text
    .slice(name.length)
    .replace(/\S+/g, (word) => (WORDS.has(word.toLowerCase()) ? word : DOTS));
  return name + rest;
}
