import { resolve } from "node:path";
import { usageError } from "../command-line/parse-arguments.ts";
import type { ParsedArguments } from "../command-line/parsed-arguments.ts";
import type { Io } from "../io.ts";

const REPLAY = "replay";

/**
 * The provider that the command line asks for. A recording is part of the provider's name, so that a session that is
 * continued plays on.
 * @throws E115 where `--provider` and `--recording` contradict each other
 */
export function providerOf(io: Io, args: ParsedArguments): string | undefined {
  const recording = args.value("recording");
  const provider = args.value("provider");
  if (recording !== undefined) {
    if (provider === undefined || provider === REPLAY) return `${REPLAY}:${resolve(io.cwd(), recording)}`;
    throw usageError("start", `--recording is for the provider ${REPLAY}, not for ${provider}.`);
  }
  if (provider === REPLAY) throw usageError("start", "--provider replay needs --recording <path>.");
  return provider;
}
