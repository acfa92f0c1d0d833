import type { CollectedTests } from "./own-command.ts";

/** How one run of a command is made to tell its tests. */
export interface TestWatch {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Call before anything runs in the checkout at `dir`. */
  prepare(dir: string): void;
  /** Call when nothing of the command is alive any more. */
  collect(dir: string): CollectedTests;
}
