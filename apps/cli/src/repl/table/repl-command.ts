import type { ApprovalView } from "@pm/core";
import type { QueuedEngine } from "@pm/queue";
import type { Services } from "../../services.ts";
import type { ReplItem, ReplView } from "../controller/repl-controller.ts";
import type { ReplChoice, ReplSetup } from "../controller/repl-setup.ts";
import type { ReplWeb } from "../controller/repl-web.ts";

/** One row of the table that parsing, help, completion and did-you-mean come from. */
export interface ReplCommand {
  /** Without the slash. */
  readonly name: string;
  readonly summary: string;
  /** As in help: `<id>` is needed, `[name]` is not. */
  readonly arguments: readonly ReplArgument[];
  /** How the arguments are written, where that is not a list of them. */
  readonly usage?: string;
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
  readonly project: string;
  readonly namespace: string;
  readonly services: Services;
  readonly setup: ReplSetup;
  readonly web: ReplWeb;
  /** The table, for help. */
  readonly commands: readonly ReplCommand[];
  print(item: ReplItem): void;
  view(): ReplView;
  engine(): Promise<QueuedEngine>;
  /** @returns the current session. @throws RunnerError E201 where there is none */
  session(): string;
  /** Opens a session that has no task yet, and makes it the current one. */
  startSession(): Promise<void>;
  /** Makes a session the current one and lets it go on; resolves when it runs. @throws RunnerError E202–E205, E401 */
  continueSession(id: string): Promise<void>;
  /** Lets go of the current session: the next task opens a new one. */
  leaveSession(): void;
  /** Saves provider or model; they hold for sessions that are opened from now on. @throws RunnerError */
  choose(change: ReplChoice): Promise<void>;
  /** Looks anew at keys and project, and starts the worker where nothing stands in its way any more. */
  refresh(): Promise<void>;
  /** A key was saved: what is opened from now on takes it out of every text. */
  keysChanged(): Promise<void>;
  showApproval(view: ApprovalView | null): void;
  end(): void;
}
