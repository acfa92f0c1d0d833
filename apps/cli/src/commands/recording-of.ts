import { resolve } from "node:path";
import { usageError } from "../command-line/parse-arguments.ts";
import type { ParsedArguments } from "../command-line/parsed-arguments.ts";
import type { Io } from "../io.ts";
import type { EngineWiring } from "../services.ts";

/** What `--recording` asks for. @throws E115 where it contradicts `--provider` */
export function recordingOf(
  io: Io,
  command: string,
  args: ParsedArguments,
): { readonly wiring: EngineWiring; readonly provider: string | undefined } {
  const recording = args.value("recording");
  const provider = args.value("provider");
  if (recording === undefined) return { wiring: {}, provider };
  if (provider !== undefined && provider !== "replay") {
    throw usageError(command, `--recording is for the provider replay, not for ${provider}.`);
  }
  return { wiring: { recording: resolve(io.cwd(), recording) }, provider: "replay" };
}
