import { describe, expect, it } from "vitest";
import type { ApprovalChoice, ReplView } from "../../../src/repl/controller/repl-controller.ts";
import { type EditorKey, EMPTY_EDITOR } from "../../../src/repl/editor/editor-state.ts";
import { createApprovalKeys } from "../../../src/repl/ui/approval-keys.ts";
import { card, RUNNING, VIEW } from "./views.ts";

const text = (typed: string): EditorKey => ({ kind: "text", text: typed });
const key = (name: "enter" | "escape"): EditorKey => ({ kind: "key", name });
const typed = (value: string) => ({ ...EMPTY_EDITOR, text: value, cursor: value.length });

function bench(change: Partial<ReplView> = {}) {
  const view = { ...VIEW, approval: card(1), ...change };
  const decided: ApprovalChoice[] = [];
  const hints: string[] = [];
  let now = 0;
  const keys = createApprovalKeys({
    controller: {
      view: () => view,
      async decide(choice) {
        decided.push(choice);
      },
    },
    monotonic: () => now,
    hint: (said) => hints.push(said),
  });
  const seen = () => {
    keys.drawn(view.approval);
    now += 1000;
  };
  return { keys, decided, hints, seen };
}

describe("the keys of the approval card", () => {
  it("decide with the digest of the card that was seen", async () => {
    const { keys, decided, seen } = bench();
    seen();
    expect(keys.press(text("2"), EMPTY_EDITOR)).toBe(true);
    expect(decided).toEqual([{ kind: "approve", digest: "d".repeat(64), andContinue: true }]);
  });

  it("decide nothing before the card was on the screen for a moment", () => {
    const { keys, decided } = bench();
    expect(keys.press(text("1"), EMPTY_EDITOR)).toBe(true);
    keys.drawn(card(1));
    expect(keys.press(text("1"), EMPTY_EDITOR)).toBe(true);
    expect(decided).toEqual([]);
  });

  it("decide nothing within a text, in a paste, or without a card", () => {
    const { keys, decided, seen } = bench();
    seen();
    expect(keys.press(text("1"), typed("a"))).toBe(false);
    expect(keys.press({ kind: "paste", text: "1" }, EMPTY_EDITOR)).toBe(false);
    expect(keys.press(text("12"), EMPTY_EDITOR)).toBe(false);
    expect(bench({ approval: null }).keys.press(text("1"), EMPTY_EDITOR)).toBe(false);
    expect(decided).toEqual([]);
  });

  it("ask for the reason of a rejection, which Esc takes back", async () => {
    const { keys, decided, hints, seen } = bench();
    seen();
    keys.press(text("5"), EMPTY_EDITOR);
    expect(keys.noting()).toBe(true);
    expect(keys.press(text("1"), EMPTY_EDITOR)).toBe(false);
    expect(keys.press(key("enter"), EMPTY_EDITOR)).toBe(true);
    expect(hints).toHaveLength(1);
    keys.press(key("escape"), EMPTY_EDITOR);
    expect(keys.submit("a task")).toBeNull();
    keys.press(text("5"), EMPTY_EDITOR);
    await keys.submit("wrong file");
    expect(decided).toEqual([{ kind: "reject", note: "wrong file" }]);
  });

  it("keep a text in the editor until it was decided, but let commands through", () => {
    const { keys, hints, seen } = bench();
    seen();
    expect(keys.press(key("enter"), typed("do more"))).toBe(true);
    expect(hints).toHaveLength(1);
    expect(keys.press(key("enter"), typed("/status"))).toBe(false);
  });

  it("leave Esc to what runs here", () => {
    const { keys, seen } = bench({ running: [RUNNING] });
    seen();
    expect(keys.press(key("escape"), EMPTY_EDITOR)).toBe(false);
  });
});
