import type { KeyProvider } from "@pm/core";
import { usageError } from "../command-line/parse-arguments.ts";
import { askSecret } from "../input/ask-secret.ts";
import { readTask } from "../input/read-text.ts";
import type { UserSetup } from "../setup/user-setup.ts";
import { canAsk } from "./ask.ts";
import type { CommandContext } from "./command.ts";
import { printKeys } from "./print-keys.ts";

/** Saves a key: from the command line, a pipe or file, or a prompt that shows nothing. @returns the exit code */
export async function keysSet(
  context: CommandContext,
  setup: UserSetup,
  provider: KeyProvider,
  given: string | undefined,
): Promise<number> {
  const { io } = context;
  const key = given ?? (await typedKey(context, provider));
  if (key === null) {
    io.stderr.write("No key was saved.\n");
    return 130;
  }
  await setup.saveKey(provider, key);
  if (given !== undefined) {
    io.stderr.write(
      `Note: the key now stands in your shell's history. Next time leave it out: pm keys set ${provider}\n`,
    );
  }
  const statuses = await setup.keys();
  const source = statuses.find((status) => status.provider === provider)?.source;
  if (source !== "config.json") io.stderr.write(`Note: ${source} goes before config.json.\n`);
  printKeys(context, statuses);
  return 0;
}

/** @returns null where the person broke off. @throws RunnerError E115, E116 */
async function typedKey({ io }: CommandContext, provider: KeyProvider): Promise<string | null> {
  if (canAsk(io)) return askSecret(io, `Key of ${provider} (not shown): `);
  const kind = io.stdin.kind();
  const text = kind === "pipe" || kind === "file" ? (await readTask(io, "-")).trim() : "";
  if (text !== "") return text;
  throw usageError("keys", `No key was given: pipe it in, or run pm keys set ${provider} on a terminal.`);
}
