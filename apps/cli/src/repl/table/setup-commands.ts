import { isAbsolute, resolve } from "node:path";
import { MODEL_COLUMNS, modelOrigin, modelRows } from "../../setup/model-rows.ts";
import { REPLAY_PREFIX, unknownProvider } from "../../setup/provider-names.ts";
import type { ReplCommand, ReplContext } from "./repl-command.ts";

type Run = ReplCommand["run"];

/** What stands for "no model of my own". */
const DEFAULT_MODEL = "default";

export const model: Run = async (context, [name]) => {
  if (name !== undefined) await context.choose({ model: name === DEFAULT_MODEL ? null : name });
  const { provider: of, model: now } = context.view();
  say(context, `Model: ${now ?? `the default of ${of}`}${name === undefined ? " (/models lists more)" : ""}`);
};

export const provider: Run = async (context, [name]) => {
  const names = await context.setup.providerNames();
  if (name === undefined) {
    const others = [...names, `${REPLAY_PREFIX}<file>`].join(", ");
    say(context, `Provider: ${context.view().provider} (others: ${others})`);
    return;
  }
  await context.choose({ provider: providerName(context.project, name, names) });
  say(context, `Provider: ${context.view().provider}`);
};

/** @throws RunnerError E507 */
function providerName(project: string, name: string, names: readonly string[]): string {
  if (names.includes(name)) return name;
  const path = name.startsWith(REPLAY_PREFIX) ? name.slice(REPLAY_PREFIX.length) : "";
  // Kept as it is found from anywhere: a session may be continued in another folder.
  if (path !== "") return REPLAY_PREFIX + (isAbsolute(path) ? path : resolve(project, path));
  throw unknownProvider(name, names);
}

export const models: Run = async (context) => {
  const { provider: of, model: now } = context.view();
  const offer = await context.setup.models(of);
  if (offer.models.length === 0) return say(context, modelOrigin(offer));
  context.print({ kind: "table", rows: [MODEL_COLUMNS, ...modelRows(offer, now)] });
  say(context, modelOrigin(offer));
  say(context, `Set one: /model <name>. Any other name works too; ${DEFAULT_MODEL} leaves it to ${of}.`);
};

const say = (context: ReplContext, text: string) => context.print({ kind: "text", lines: [text] });
