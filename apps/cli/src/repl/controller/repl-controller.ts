/**
 * The REPL without a screen: what is typed goes in, items for the scrollback and a view of what is going on come out. The
 * terminal UI, the screen-reader mode and the line-by-line mode draw the same controller; none has logic of its own.
 *
 * Invariants:
 * R1 every line is a command of the table or a task; an unknown command is an ERROR with a did-you-mean (E114), never a task;
 * R2 a task is in the queue, on disk, before its line is taken from the editor; what is typed while another runs waits there;
 * R3 nothing is approved but what was shown: the digest of the card goes with the decision, and where it has changed meanwhile
 *    the decision is refused (E208) and the new card is shown;
 * R4 a key that is typed reaches neither items, history nor evidence; it goes into config.json and nowhere else;
 * R5 text of agents and repositories in items and views is stripped of control characters;
 * R6 calls never throw for what a user did: the error is an item.
 */
import type {
  ApprovalView,
  ErrorReport,
  ExecutionResult,
  ListedModel,
  QueueState,
  SessionSummary,
} from "@pm/core";
import type { PhaseMark, ProgressState } from "../../progress/progress-state.ts";

/** Printed once, then scrolled away. Plain data; how it looks is for the front end. */
export type ReplItem =
  /** What was typed; a key in it is masked. */
  | { readonly kind: "input"; readonly text: string }
  | { readonly kind: "text"; readonly lines: readonly string[] }
  | { readonly kind: "notice"; readonly text: string }
  | { readonly kind: "error"; readonly report: ErrorReport }
  /** A table; the first row is its head. */
  | { readonly kind: "table"; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: "result"; readonly result: ExecutionResult }
  /** A phase that ended. */
  | {
      readonly kind: "phase";
      readonly taskId: string;
      readonly phase: string;
      readonly mark: PhaseMark;
      readonly seconds: number;
    }
  /** Long output: the front end shows head and tail, with the number of lines and the command that shows it all. */
  | {
      readonly kind: "long";
      readonly title: string;
      readonly lines: readonly string[];
      readonly more: string;
    };

export interface RunningTask {
  readonly taskId: string;
  readonly sessionId: string | null;
  readonly prompt: string;
  /** Whether it runs in this process, and so can be interrupted here. */
  readonly here: boolean;
  /** Null for what runs elsewhere. */
  readonly progress: ProgressState | null;
  readonly lastLines: readonly string[];
  /** Milliseconds of the monotonic clock. */
  readonly since: number;
}

export interface WaitingTask {
  readonly taskId: string;
  readonly summary: string;
  readonly state: Extract<QueueState, "QUEUED" | "AWAITING_APPROVAL">;
}

export interface ReplView {
  readonly project: string;
  readonly branch: string | null;
  readonly namespace: string;
  readonly provider: string;
  readonly model: string | null;
  readonly sessionId: string | null;
  readonly running: readonly RunningTask[];
  readonly waiting: readonly WaitingTask[];
  /** The card that asks for a decision; the editor is not answered as a task while it is open. */
  readonly approval: ApprovalView | null;
  /** Why only the commands of Key Setup Mode work; null where all do. */
  readonly keySetup: string | null;
  /** Whether the worker of this process runs. */
  readonly worker: boolean;
  /** Of a web server of the namespace; null where none runs. */
  readonly webUrl: string | null;
  /** True once `/exit` was given. */
  readonly ended: boolean;
}

export type ApprovalChoice =
  | {
      readonly kind: "approve";
      readonly digest: string;
      readonly andContinue: boolean;
      readonly note?: string;
    }
  | { readonly kind: "diff" }
  | { readonly kind: "evidence" }
  | { readonly kind: "reject"; readonly note: string }
  | { readonly kind: "later" };

export interface ReplController {
  view(): ReplView;
  /**
   * Looks at keys and project, opens the queue and starts the worker: for when the prompt is visible. The first `submit` does
   * it too. What stands in the way is an item.
   */
  open(): Promise<void>;
  /** Every item from now on, in order. @returns stops. */
  onItem(listener: (item: ReplItem) => void): () => void;
  /** Called when the view has changed, at most 20 times a second. @returns stops. */
  onView(listener: (view: ReplView) => void): () => void;
  /** Something for which a person should look up: a task ended, or waits for an approval. @returns stops. */
  onAttention(listener: (what: string) => void): () => void;
  /** One input of the editor; resolves when it was dealt with: a task when it is in the queue, a command when it is done. */
  submit(text: string): Promise<void>;
  decide(choice: ApprovalChoice): Promise<void>;
  /** Interrupts what runs here; it waits for a person then. */
  interrupt(): Promise<void>;
  /** Resolves when nothing that was typed here runs, or would run here without a person's word. */
  settled(): Promise<void>;
  /** Newest first, for completion. */
  sessions(): Promise<readonly SessionSummary[]>;
  /** Names of providers, for completion. */
  providers(): Promise<readonly string[]>;
  /** Models of the provider, for completion: as they are kept or known, nobody is asked. */
  models(): Promise<readonly ListedModel[]>;
  /** Stops the worker (what runs is handed back) and closes what is open. */
  close(): Promise<void>;
}
