import { isAbsolute, resolve } from "node:path";
import { type KeyProvider, RunnerError } from "@pm/core";
import { suggest } from "../../command-line/suggest.ts";
import { misuse } from "./parse-line.ts";
import type { ReplCommand, ReplContext } from "./repl-command.ts";

type Run = ReplCommand["run"];

export const PROVIDERS = ["openai", "anthropic", "claude-code"] as const;
const REPLAY = "replay:";
const KEY_PROVIDERS = ["anthropic", "openai"] as const satisfies readonly KeyProvider[];
/** Aliases that Claude Code itself takes; it takes full names of models too. */
export const CLAUDE_MODELS = [
  ["sonnet", "the latest Sonnet"],
  ["opus", "the latest Opus"],
  ["haiku", "the latest Haiku"],
] as const;
/** What stands for "no model of my own". */
const DEFAULT_MODEL = "default";

export const KEYS_USAGE = "[set <provider> <key>]";

export const model: Run = async (context, [name]) => {
  if (name !== undefined) await context.choose({ model: name === DEFAULT_MODEL ? null : name });
  const { provider: of, model: now } = context.view();
  say(context, `Model: ${now ?? `the default of ${of}`}${name === undefined ? " (/models lists more)" : ""}`);
};

export const provider: Run = async (context, [name]) => {
  if (name === undefined) {
    say(context, `Provider: ${context.view().provider} (others: ${PROVIDERS.join(", ")}, ${REPLAY}<file>)`);
    return;
  }
  await context.choose({ provider: providerName(context.project, name) });
  say(context, `Provider: ${context.view().provider}`);
};

/** @throws RunnerError E507 */
function providerName(project: string, name: string): string {
  if ((PROVIDERS as readonly string[]).includes(name)) return name;
  const path = name.startsWith(REPLAY) ? name.slice(REPLAY.length) : "";
  // Kept as it is found from anywhere: a session may be continued in another folder.
  if (path !== "") return REPLAY + (isAbsolute(path) ? path : resolve(project, path));
  const suggestion = suggest(name, [...PROVIDERS, "replay"]);
  throw new RunnerError("E507", { name, suggestion, known: `${PROVIDERS.join(", ")}, ${REPLAY}<file>` });
}

export const models: Run = async (context) => {
  const { provider: of, model: now } = context.view();
  if (of.startsWith(REPLAY)) {
    say(context, "A recording has no models: it plays what was recorded.");
    return;
  }
  // Says so where there is no such provider yet.
  context.setup.assertProvider(of);
  const rows = CLAUDE_MODELS.map(([name, what]) => [name, what, name === now ? "current" : ""]);
  context.print({ kind: "table", rows: [["Model", "What it is", ""], ...rows] });
  say(context, `Set one: /model <name>. A full name works too; ${DEFAULT_MODEL} leaves it to ${of}.`);
};

export const keys: Run = async (context, words) => {
  const [action, name, key] = words;
  if (action === undefined) return showKeys(context);
  if (action !== "set") return refuse(context, "the only thing that can be done with keys is to set one.");
  if (key === undefined) return refuse(context, "provider or key is missing.");
  const of = KEY_PROVIDERS.find((known) => known === name);
  if (of === undefined) return refuse(context, `keys are kept for ${KEY_PROVIDERS.join(" and ")}.`);
  await context.setup.saveKey(of, key);
  await context.keysChanged();
  await showKeys(context);
};

async function showKeys(context: ReplContext): Promise<void> {
  const statuses = await context.setup.keys();
  const rows = statuses.map(({ provider: of, source }) => [
    of,
    source === null ? "NOT SET" : "SET",
    source ?? "",
  ]);
  context.print({ kind: "table", rows: [["Provider", "Key", "Source"], ...rows] });
}

const refuse = (context: ReplContext, reason: string) =>
  context.print({
    kind: "error",
    report: misuse({ name: "keys", arguments: [], usage: KEYS_USAGE }, reason),
  });

const say = (context: ReplContext, text: string) => context.print({ kind: "text", lines: [text] });
