import type { KeyProvider } from "@pm/core";
import { keyCheckRows } from "../../setup/key-check-rows.ts";
import { misuse } from "./parse-line.ts";
import type { ReplCommand, ReplContext } from "./repl-command.ts";

const KEY_PROVIDERS = ["anthropic", "openai"] as const satisfies readonly KeyProvider[];

export const KEYS_USAGE = "[set <provider> <key>]";
const EVERY_USAGE = `${KEYS_USAGE}, /keys check [provider] or /keys remove <provider>`;

/** No error quotes what was typed: it may be a key. */
export const keys: ReplCommand["run"] = async (context, [action, name, key]) => {
  if (action === undefined) return showKeys(context);
  if (action !== "set" && action !== "check" && action !== "remove") {
    return refuse(context, "keys can be set, checked and removed.");
  }
  if (action !== "set" && key !== undefined) return refuse(context, `${action} takes no key.`);
  const of = KEY_PROVIDERS.find((known) => known === name);
  if (name !== undefined && of === undefined) {
    return refuse(context, `keys are kept for ${KEY_PROVIDERS.join(" and ")}.`);
  }
  if (action === "check") {
    const rows = keyCheckRows(await context.setup.checkKeys(of));
    return context.print({ kind: "table", rows: [["Provider", "Key", "Answer"], ...rows] });
  }
  if (of === undefined) return refuse(context, "the provider is missing.");
  if (action === "remove") return remove(context, of);
  if (key === undefined) return refuse(context, "the key is missing.");
  await context.setup.saveKey(of, key);
  await context.keysChanged();
  await showKeys(context);
};

async function remove(context: ReplContext, of: KeyProvider): Promise<void> {
  const { removed } = await context.setup.removeKey(of);
  if (removed) await context.keysChanged();
  else context.print({ kind: "notice", text: `config.json holds no key of ${of}.` });
  await showKeys(context);
}

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
    report: misuse({ name: "keys", arguments: [], usage: EVERY_USAGE }, reason),
  });
