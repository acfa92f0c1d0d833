import type { TreeId } from "../evidence/change.ts";
import type { TreeRole } from "../evidence/tree-role.ts";
import type { CommandResult } from "../sandbox/types.ts";
import type { TestReport } from "../test-adapters/test-report.ts";

/** A command of `pm`'s own: QA, or a check. */
export interface OwnCommand {
  readonly purpose: "qa" | "check";
  readonly on: TreeRole;
  readonly tree: TreeId;
  readonly id: string;
  readonly argv: readonly string[];
  /** See `QaCommand`. */
  readonly report?: string;
  /** What its tests share with the code under test is held as it was. */
  readonly holds?: true;
}

/** What a test runner reported itself, where it could be made to. */
export interface CollectedTests {
  readonly runner: string;
  readonly report: TestReport | null;
  /** Why there is no report though there should be one, as a clause. */
  readonly problem: string | null;
}

/** Runs on the result by command, under way or ended. */
export type ResultRuns = Map<string, Promise<RanCommand>>;

/** A command that ran and is not on record yet. */
export interface RanCommand {
  readonly command: OwnCommand;
  readonly result: CommandResult;
  /** Null where nothing was watched. */
  readonly tests: CollectedTests | null;
  /** A process of it says that it held what `holds` asks for. */
  readonly held: boolean;
}
