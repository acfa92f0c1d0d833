import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EditorKey, type EditorState, EMPTY_EDITOR } from "../../../src/repl/editor/editor-state.ts";
import { layoutEditor } from "../../../src/repl/editor/layout-editor.ts";
import { unfold } from "../../../src/repl/editor/pastes.ts";
import { pressKey } from "../../../src/repl/editor/press-key.ts";
import { key, paste, pressAll, text } from "./keys.ts";

const whole = ({ pastes, text: typed }: EditorState) => unfold(pastes, typed);

describe("pressing keys", () => {
  it("moves and deletes by what is seen as one character", () => {
    const family = "👩‍👩‍👧";
    const typed = pressAll([text(`a${family}e\u0301漢`)]).state;
    const left = pressAll([key("left"), key("left"), key("left")], undefined, typed).state;
    expect(left.cursor).toBe(1);
    expect(pressAll([key("delete")], undefined, left).state.text).toBe("ae\u0301漢");
    expect(pressAll([key("backspace"), key("backspace")], undefined, typed).state.text).toBe(`a${family}`);
  });

  it("moves and deletes by words, and yanks what was deleted", () => {
    const { state } = pressAll([text("fix the größe.name"), key("delete-word")]);
    expect(state.text).toBe("fix the größe.");
    const cut = pressAll(
      [key("word-left"), key("delete-to-start"), key("end"), key("yank")],
      undefined,
      state,
    );
    expect(cut.state.text).toBe("größe.fix the ");
  });

  it("submits on Enter and begins a line after a backslash", () => {
    expect(pressAll([text("hi"), key("enter")])).toEqual({
      state: EMPTY_EDITOR,
      effects: [{ kind: "submit", text: "hi" }],
    });
    const { state, effects } = pressAll([
      text("one\\"),
      key("enter"),
      text("two"),
      key("newline"),
      text("3"),
    ]);
    expect([state.text, effects]).toEqual(["one\ntwo\n3", []]);
    expect(pressAll([text("  "), key("enter")]).effects).toEqual([]);
  });

  it("clears with Ctrl-C into the history, and asks to leave where there is nothing", () => {
    const cleared = pressAll([text("half"), key("interrupt")]);
    expect([cleared.state.text, cleared.effects]).toEqual(["", [{ kind: "remember", text: "half" }]]);
    expect(pressAll([key("undo")], undefined, cleared.state).state.text).toBe("half");
    expect(pressAll([key("interrupt"), key("end-of-input")]).effects).toEqual([
      { kind: "leave" },
      { kind: "leave" },
    ]);
    expect(pressAll([text("x"), key("left"), key("end-of-input")]).state.text).toBe("");
  });

  it("leaves the text alone on Esc, which interrupts", () => {
    const { state, effects } = pressAll([text("half"), key("escape"), key("clear-screen")]);
    expect([state.text, effects]).toEqual(["half", [{ kind: "interrupt" }, { kind: "clear-screen" }]]);
  });

  it("takes typing back by the word, however it came", () => {
    const atOnce = pressAll([text("one two three"), key("undo")]).state;
    const byLetter = pressAll([..."one two three"].map(text).concat(key("undo"))).state;
    expect(atOnce.text).toBe("one two ");
    expect(byLetter).toEqual(atOnce);
    expect(pressAll([key("undo"), key("undo"), key("undo")], undefined, atOnce).state.text).toBe("");
  });

  it("goes up and down in the text with the column it began in, then in the history", () => {
    const context = { history: ["newest\nentry", "older"], completion: null };
    const typed = pressAll(
      [text("abcdef"), key("newline"), text("x"), key("newline"), text("abcd")],
      context,
    ).state;
    const up = pressAll([key("up"), key("up")], context, typed).state;
    expect(up.cursor).toBe(4);
    const recalled = pressAll([key("up")], context, up).state;
    expect(recalled.text).toBe("newest\nentry");
    const older = pressAll([key("up"), key("up")], context, recalled).state;
    expect(older.text).toBe("older");
    expect(pressAll([key("up"), key("down"), key("down")], context, older).state.text).toBe(typed.text);
  });

  it("goes up by the rows that are drawn where the width is known", () => {
    const context = { history: ["h"], completion: null, width: 4 };
    const { state } = pressAll([text("abcdefgh"), key("left"), key("up")], context);
    expect([state.text, state.cursor]).toEqual(["abcdefgh", 3]);
  });

  it("puts what was typed into the history where a recalled entry is changed or sent", () => {
    const context = { history: ["sent before"], completion: null };
    expect(pressAll([text("mine"), key("up"), text("!")], context).effects).toEqual([
      { kind: "remember", text: "mine" },
    ]);
    expect(pressAll([text("mine"), key("up"), key("enter")], context).effects).toEqual([
      { kind: "remember", text: "mine" },
      { kind: "submit", text: "sent before" },
    ]);
    expect(pressAll([text("mine"), key("up"), key("down")], context)).toMatchObject({
      state: { text: "mine" },
      effects: [],
    });
  });

  it("searches the history with Ctrl-R and goes back with Esc", () => {
    const context = { history: ["fix the docs", "add a test", "fix the parser"], completion: null };
    const found = pressAll([text("mine"), key("search"), text("FIX")], context).state;
    expect([found.text, found.search, found.searchMatch]).toEqual(["fix the docs", "FIX", 0]);
    const older = pressAll([key("search")], context, found).state;
    expect(older.text).toBe("fix the parser");
    expect(pressAll([key("search")], context, older).state.text).toBe("fix the parser");
    expect(pressAll([key("escape")], context, older)).toMatchObject({
      state: { text: "mine", search: null },
      effects: [],
    });
    expect(pressAll([key("enter")], context, older).effects).toEqual([
      { kind: "remember", text: "mine" },
      { kind: "submit", text: "fix the parser" },
    ]);
    const none = pressAll([text("?")], context, older).state;
    expect([none.text, none.searchMatch]).toEqual(["mine", null]);
    expect(pressAll([key("backspace"), key("tab"), text("!")], context, none).state.text).toBe(
      "fix the docs!",
    );
  });

  it("shows a large paste as a chip that is one character, and sends it whole", () => {
    const lines = `${"line\n".repeat(11)}`;
    const { state } = pressAll([text("see "), paste(lines), text(" end")]);
    expect(layoutEditor(state, 80, 6).rows).toEqual(["see [Pasted 11 lines, 55 B] end"]);
    expect(pressAll([key("enter")], undefined, state).effects).toEqual([
      { kind: "submit", text: `see ${lines} end` },
    ]);
    const deleted = pressAll([key("word-left"), key("left"), key("backspace")], undefined, state).state;
    expect(deleted.text).toBe("see  end");
    expect(whole(pressAll([key("undo")], undefined, deleted).state)).toBe(`see ${lines} end`);
    expect(pressAll([paste("ten\n".repeat(9))]).state.pastes).toEqual([]);
    expect(pressAll([paste("x".repeat(1001))]).state.pastes).toHaveLength(1);
  });

  it("tells its chips from the same characters in a text", () => {
    const { state } = pressAll([paste("x".repeat(2000)), text("\ue000\ue0b0"), paste("y".repeat(2000))]);
    expect(whole(state)).toBe(`${"x".repeat(2000)}\ue000\ue0b0${"y".repeat(2000)}`);
    const before = pressAll([text("\ue000"), paste("z".repeat(2000))]).state;
    expect(whole(before)).toBe(`\ue000${"z".repeat(2000)}`);
  });

  it("takes a paste of 1 MB, and keys after it, in milliseconds", () => {
    const pasted = "0123456789abcdef\n".repeat(61_681);
    const started = performance.now();
    let { state } = pressAll([paste(pasted)]);
    for (const letter of "and then some more")
      state = pressKey(state, text(letter), { history: [], completion: null }).state;
    layoutEditor(state, 80, 6);
    expect(performance.now() - started).toBeLessThan(150);
    expect(whole(state)).toBe(`${pasted}and then some more`);
  });

  const names = [
    "newline", "backspace", "delete", "left", "right", "up", "down", "home", "end", "word-left", "word-right",
    "delete-word", "delete-word-right", "delete-to-end", "delete-to-start", "yank", "tab", "escape", "search",
    "page-up", "page-down", "undo", "interrupt", "enter", "end-of-input",
  ] as const; // biome-ignore format: a list
  const anyKey: fc.Arbitrary<EditorKey> = fc.oneof(
    { weight: 3, arbitrary: fc.string({ unit: "grapheme", minLength: 1, maxLength: 5 }).map(text) },
    {
      weight: 1,
      arbitrary: fc.constantFrom("\u200d", "\u0301", "👩", "🇯", "각", "\ue000", " ", "\\").map(text),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom("a\nb", "\t", "long\n".repeat(20), "\ue000".repeat(1001)).map(paste),
    },
    { weight: 4, arbitrary: fc.constantFrom(...names).map(key) },
  );
  const context = { history: ["e\u0301 one\ntwo", "👩‍👧", "q".repeat(3000)], completion: null, width: 7 };

  it("keeps the cursor at the border of a cluster whatever is pressed", () => {
    fc.assert(
      fc.property(fc.array(anyKey, { maxLength: 40 }), (keys) => {
        const { text: typed, cursor, pastes } = pressAll(keys, context).state;
        const marks = new Set(pastes.map(({ mark }) => mark));
        // A chip is a border on both sides, as a line end is.
        const plain = [...typed].map((one) => (marks.has(one) ? "\n" : one)).join("");
        const borders = [...new Intl.Segmenter().segment(plain)].map(({ index }) => index);
        expect([...borders, typed.length]).toContain(cursor);
      }),
      { numRuns: 1000 },
    );
  });

  it("loses no text with a key that deletes none: it is in the editor, in the history or sent", () => {
    const deleting = /backspace|delete|undo|end-of-input/;
    const harmless = anyKey.filter((one) => one.kind !== "key" || !deleting.test(one.name));
    fc.assert(
      fc.property(
        fc.array(anyKey, { maxLength: 15 }),
        fc.array(harmless, { maxLength: 25 }),
        (before, after) => {
          const started = pressAll(before, context).state;
          if (started.search !== null) return;
          const typed = pressAll([text("₪")], context, started).state;
          const { state, effects } = pressAll(after, context, typed);
          const places = [
            whole(state),
            unfold(state.pastes, state.stash),
            ...effects.map((effect) => ("text" in effect ? effect.text : "")),
          ];
          expect(places.some((place) => place.includes("₪"))).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("brings back with undo what was deleted", () => {
    const deleting = fc.constantFrom(
      ...names.filter((name) => /backspace|delete|interrupt/.test(name)).map(key),
      ...(["left", "home", "up"] as const).map(key),
    );
    fc.assert(
      fc.property(fc.array(deleting, { maxLength: 20 }), (keys) => {
        const started = pressAll([text("one two"), paste("\n3 👩‍👧\n"), text("four")]).state;
        let { state } = pressAll(keys, undefined, started);
        for (let press = 0; press < 20 && state.text !== started.text; press++)
          state = pressAll([key("undo")], undefined, state).state;
        expect(state.text).toBe(started.text);
      }),
    );
  });
});
