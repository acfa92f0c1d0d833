/**
 * The keys of the approval card: a digit on an empty editor decides, and a rejection asks for its reason in the editor.
 *
 * Invariants:
 * 1 nothing is decided on a card that has not been on the screen for a moment: what was typed before it came is no answer;
 * 2 a paste, or a digit within a text, decides nothing;
 * 3 while a card is open, a text is not taken for a task: it stays in the editor.
 */
import type { ApprovalView } from "@pm/core";
import type { ApprovalChoice, ReplController } from "../controller/repl-controller.ts";
import type { EditorKey, EditorState } from "../editor/editor-state.ts";

const SEEN_MS = 400;
const DECIDE_FIRST = "Decide first: 1 to 6 on an empty line (6: later); commands work.";
const WHY = "Type why, or press Esc.";

export interface ApprovalKeys {
  /** To be called after each frame with the card that is on the screen. */
  drawn(card: ApprovalView | null): void;
  /** Whether a reason is being typed. */
  noting(): boolean;
  /** @returns whether the key was taken. */
  press(key: EditorKey, state: EditorState): boolean;
  /** @returns whether the text was the reason that was asked for. */
  submit(text: string): Promise<void> | null;
}

export interface ApprovalKeysOptions {
  readonly controller: Pick<ReplController, "view" | "decide">;
  monotonic(): number;
  hint(text: string): void;
}

export function createApprovalKeys({ controller, monotonic, hint }: ApprovalKeysOptions): ApprovalKeys {
  let seen: string | null = null;
  let seenSince = 0;
  /** The digest of the card that is being rejected. */
  let rejecting: string | null = null;
  let deciding = false;

  const card = () => controller.view().approval;
  const isNoting = () => rejecting !== null && card()?.digest === rejecting;

  async function decide(choice: ApprovalChoice): Promise<void> {
    if (deciding) return;
    deciding = true;
    await controller.decide(choice).finally(() => {
      deciding = false;
    });
  }

  function choose(digit: string, digest: string): boolean {
    const choices: Readonly<Record<string, ApprovalChoice>> = {
      1: { kind: "approve", digest, andContinue: false },
      2: { kind: "approve", digest, andContinue: true },
      3: { kind: "diff" },
      4: { kind: "evidence" },
      6: { kind: "later" },
    };
    const choice = choices[digit];
    if (choice === undefined && digit !== "5") return false;
    if (digest !== seen || monotonic() - seenSince < SEEN_MS || deciding) return true;
    if (choice === undefined) rejecting = digest;
    else void decide(choice);
    return true;
  }

  return {
    drawn(now) {
      if (now?.digest === seen) return;
      seen = now?.digest ?? null;
      seenSince = monotonic();
    },
    noting: isNoting,
    press(key, state) {
      const open = card();
      if (open === null || state.search !== null) return false;
      const isEmpty = state.text === "";
      if (isNoting()) {
        if (key.kind !== "key") return false;
        if (key.name === "escape") rejecting = null;
        else if (key.name === "enter" && state.text.trim() === "") hint(WHY);
        else return false;
        return true;
      }
      if (key.kind === "text") return isEmpty && choose(key.text, open.digest);
      if (key.kind !== "key") return false;
      if (key.name === "escape" && isEmpty && controller.view().running.every(({ here }) => !here)) {
        return choose("6", open.digest);
      }
      if (key.name !== "enter" || isEmpty || /^\s*\//.test(state.text)) return false;
      hint(DECIDE_FIRST);
      return true;
    },
    submit(text) {
      if (!isNoting()) return null;
      rejecting = null;
      return decide({ kind: "reject", note: text });
    },
  };
}
