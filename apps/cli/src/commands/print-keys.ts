import type { KeyStatus } from "@pm/core";
import { jsonText } from "../render/json-text.ts";
import { tableText } from "../render/table-text.ts";
import type { CommandContext } from "./command.ts";

/** Prints which keys are set and where each comes from; never a key. */
export function printKeys({ io, style }: CommandContext, statuses: readonly KeyStatus[]): void {
  if (style.json) {
    const keys = statuses.map(({ provider, source }) => ({ provider, set: source !== null, source }));
    io.stdout.write(jsonText({ keys }));
    return;
  }
  const rows = statuses.map(({ provider, source }) => [
    provider,
    source === null ? "NOT SET" : "SET",
    source ?? "",
  ]);
  io.stdout.write(tableText([["PROVIDER", "KEY", "SOURCE"], ...rows], 2, null));
}
