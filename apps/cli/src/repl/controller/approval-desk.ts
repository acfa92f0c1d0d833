/**
 * Owns the card that asks for a decision. What is decided carries the digest of the card that was shown (R3).
 */
import { type ApprovalView, isRunnerError, stripControl } from "@pm/core";
import type { QueuedEngine } from "@pm/queue";
import { askedFor, printDiff } from "../table/evidence-commands.ts";
import type { ApprovalChoice, ReplItem } from "./repl-controller.ts";

export interface ApprovalDeskOptions {
  engine(): Promise<QueuedEngine>;
  print(item: ReplItem): void;
  /** The card is another one, or none. */
  changed(): void;
  /** Lets a session go on; resolves when it runs. */
  resume(sessionId: string): Promise<void>;
}

export interface ApprovalDesk {
  card(): ApprovalView | null;
  show(card: ApprovalView | null): void;
  /** Does nothing where no card is open. @throws RunnerError E208, after the new card was opened */
  decide(choice: ApprovalChoice): Promise<void>;
}

export function createApprovalDesk({ engine, print, changed, resume }: ApprovalDeskOptions): ApprovalDesk {
  let card: ApprovalView | null = null;

  function show(next: ApprovalView | null): void {
    card = next;
    changed();
  }

  /** What is left to decide; null where that is nothing, or only what was just decided. */
  async function next(sessionId: string, decided: string | null): Promise<ApprovalView | null> {
    try {
      const view = await (await engine()).approvalView(sessionId);
      return view.digest === decided ? null : view;
    } catch (error) {
      if (isRunnerError(error, "E207")) return null;
      throw error;
    }
  }

  async function approve(open: ApprovalView, choice: Extract<ApprovalChoice, { kind: "approve" }>) {
    const { sessionId, taskId } = open;
    const { digest, note } = choice;
    try {
      await (await engine()).approve({
        ...{ sessionId, digest, requeue: false },
        ...(note !== undefined && { note }),
      });
    } catch (error) {
      if (isRunnerError(error, "E208")) show(await next(sessionId, null));
      throw error;
    }
    show(await next(sessionId, digest));
    print({ kind: "notice", text: `Approved: ${taskId} of ${sessionId}.` });
    if (card !== null) return;
    if (choice.andContinue) await resume(sessionId);
    else print({ kind: "notice", text: `Go on: /continue ${sessionId}` });
  }

  async function reject({ sessionId }: ApprovalView, note: string): Promise<void> {
    await (await engine()).cancel(sessionId);
    show(null);
    const why = note.trim() === "" ? "" : `: ${stripControl(note).trim()}`;
    print({
      kind: "notice",
      text: `Rejected${why}. ${sessionId} is ended; type what is to be done instead.`,
    });
  }

  async function evidence({ sessionId, taskId }: ApprovalView): Promise<void> {
    const report = await (await engine()).artifact(sessionId, "report", taskId);
    const entries = report === null ? await (await engine()).logs(sessionId, taskId) : [];
    const text = report ?? entries.map(({ at, line }) => `${at.slice(11, 19)}  ${line}`).join("\n");
    const lines = stripControl(text).trimEnd().split("\n");
    print(askedFor({ title: `Evidence of ${taskId}`, lines, more: `pm logs ${sessionId} ${taskId}` }));
  }

  async function diff({ sessionId, taskId }: ApprovalView): Promise<void> {
    const patch = await (await engine()).artifact(sessionId, "patch", taskId);
    if (patch === null || patch === "") print({ kind: "notice", text: "There is no change to show." });
    else printDiff({ print }, sessionId, patch);
  }

  return {
    card: () => card,
    show,
    async decide(choice) {
      if (card === null) return;
      if (choice.kind === "approve") await approve(card, choice);
      else if (choice.kind === "reject") await reject(card, choice.note);
      else if (choice.kind === "diff") await diff(card);
      else if (choice.kind === "evidence") await evidence(card);
      else show(null);
    },
  };
}
