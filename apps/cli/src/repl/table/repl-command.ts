import type { ReplItem } from "../controller/repl-controller.ts";

/** One row of the table that parsing, help, completion and did-you-mean come from. */
export interface ReplCommand {
  /** Without the slash. */
  readonly name: string;
  readonly summary: string;
  /** As in help: `<id>` is needed, `[name]` is not. */
  readonly arguments: readonly ReplArgument[];
  /** Usable without a key. */
  readonly inKeySetup: boolean;
  /** What is typed after the name is not kept anywhere, shown as dots. */
  readonly secret?: (words: readonly string[]) => boolean;
  run(context: ReplContext, words: readonly string[]): Promise<void>;
}

export interface ReplArgument {
  readonly name: string;
  readonly required: boolean;
  /** Fixed words, or what the completion asks the controller for. */
  readonly completes?: readonly string[] | "session" | "task" | "provider" | "model";
}

/** What a command may do; the controller gives it. */
export interface ReplContext {
  print(item: ReplItem): void;
}
