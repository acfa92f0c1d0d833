import { describe, expect, it } from "vitest";
import { promptParts } from "../../src/gates/prompt-parts.ts";

const items = (prompt: string) =>
  promptParts(prompt)
    .filter(({ kind }) => kind === "item")
    .map(({ text }) => text);

describe("a list within a line", () => {
  it.each([
    [
      "Please do: (1) make slug empty, (2) replace umlauts, (3) cut slugs. Then tell me of it.",
      ["make slug empty,", "replace umlauts,", "cut slugs."],
    ],
    ["1) make slug empty 2) replace umlauts", ["make slug empty", "replace umlauts"]],
    ["You should a) fold blanks and b) cut slugs", ["fold blanks and", "cut slugs"]],
    ["Do (A) this f(x) thing; (B) that one", ["this f(x) thing;", "that one"]],
    ["Tasks: (i) fold blanks (ii) cut slugs (iii) log", ["fold blanks", "cut slugs", "log"]],
    ["Do: 1. Fold blanks. 2. Cut slugs. 3. Log it.", ["Fold blanks.", "Cut slugs.", "Log it."]],
    ["Please (1) fold\nblanks, (2) cut\nslugs.\n\nThanks.", ["fold blanks,", "cut slugs."]],
    ["- When empty: (1) throw (2) log\n- cut slugs", ["When empty:", "throw", "log", "cut slugs"]],
    ["- (1) throw, (2) log. Never stop.", ["throw,", "log. Never stop."]],
    ["1) add foo 2) add bar\n   and baz\nUnrelated.", ["add foo", "add bar and baz"]],
    ["- see below\nThen (1) fold blanks, (2) cut slugs", ["see below", "fold blanks,", "cut slugs"]],
    ["1. one (a) red (b) blue\n2. two", ["one", "red", "blue", "two"]],
    ["(2) cut slugs and (3) log", ["cut slugs and", "log"]],
  ])("is found in %j", (prompt, expected) => expect(items(prompt)).toEqual(expected));

  it.each([
    "See (1) for the parser and (2) for the lexer.",
    "The parser (1) and the lexer (2) share a table.",
    "Compute f(1) and g(2) for (x + 1) and (y + 2).",
    "Take it as in (1); (3) is another.",
    "Follow step 1) above and step 2) below.",
    "Choose either (a) or (b) of them.",
    "It was 1. Then it was 2. Now it is 3. so what.",
    "Print `(1) a (2) b` here.",
    "Version 1.2 (1) only",
    "Call x (a, b) then (c).",
  ])("is not in %j", (prompt) => expect(items(prompt)).toEqual([]));

  it("is looked for quickly in a prompt of very many marks", () => {
    const start = performance.now();
    promptParts("(1) a (2) b 1) c ( x ".repeat(5_000));
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});
