import type { KeyProvider } from "@pm/core";
import { usageError } from "../command-line/parse-arguments.ts";
import { jsonText } from "../render/json-text.ts";
import type { CommandContext, CommandRun } from "./command.ts";
import { keysCheck } from "./keys-check.ts";
import { keysSet } from "./keys-set.ts";
import { printKeys } from "./print-keys.ts";

export const run: CommandRun = async (context, args) => {
  const [action, name, key] = args.positionals;
  // The table lets nothing else through.
  const provider = name as KeyProvider | undefined;
  if (key !== undefined && action !== "set") throw usageError("keys", "Only pm keys set takes a key.");
  const setup = await context.services.userSetup();
  switch (action) {
    case "set":
      return keysSet(context, setup, needed(provider, action), key);
    case "remove":
      return remove(context, needed(provider, action));
    case "check":
      return keysCheck(context, setup, provider);
    default:
      printKeys(context, await setup.keys());
      return 0;
  }
};

function needed(provider: KeyProvider | undefined, action: string): KeyProvider {
  if (provider === undefined) throw usageError("keys", `pm keys ${action} needs <provider>.`);
  return provider;
}

async function remove({ io, services, style }: CommandContext, provider: KeyProvider): Promise<number> {
  const { removed, left } = await (await services.userSetup()).removeKey(provider);
  if (style.json) {
    io.stdout.write(jsonText({ provider, removed, left }));
    return 0;
  }
  const what = removed
    ? `The key of ${provider} is removed from config.json.`
    : `config.json holds no key of ${provider}.`;
  io.stdout.write(`${what}${left === null ? "" : ` One is still set: ${left}.`}\n`);
  return 0;
}
