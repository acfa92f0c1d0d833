import type { TreeId } from "../evidence/change.ts";
import type { CommandResult } from "../sandbox/types.ts";

/** A command of `pm`'s own: QA, or a check. */
export interface OwnCommand {
  readonly purpose: "qa" | "check";
  readonly on: "base" | "result" | "proof" | "hollow" | "restored";
  readonly tree: TreeId;
  readonly id: string;
  readonly argv: readonly string[];
}

/** A command that ran and is not on record yet. */
export interface RanCommand {
  readonly command: OwnCommand;
  readonly result: CommandResult;
}
