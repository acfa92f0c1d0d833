import fc from "fast-check";
import { expect, it } from "vitest";
import { parseMarkdown, parseSpans } from "../../src/client/report/parse-markdown.ts";

it("reads what a report is written in", () => {
  const source =
    "# Done\n\nTwo\nlines.\n\n| a | b |\n| --- | --- |\n| `x|y` | 2 |\n\n- one\n- two\n\n```\n# code\n```\n> said\n";
  expect(parseMarkdown(source)).toEqual([
    { kind: "heading", level: 1, text: "Done" },
    { kind: "paragraph", text: "Two\nlines." },
    { kind: "table", head: ["a", "b"], rows: [["`x|y`", "2"]] },
    { kind: "list", ordered: false, items: ["one", "two"] },
    { kind: "code", text: "# code" },
    { kind: "quote", text: "said" },
  ]);
  expect(parseSpans("a `b` **c** <i>d</i>")).toEqual([
    { kind: "text", text: "a " },
    { kind: "code", text: "b" },
    { kind: "text", text: " " },
    { kind: "strong", text: "c" },
    { kind: "text", text: " <i>d</i>" },
  ]);
});

it("ends for any text, and loses no word of it", () => {
  const line = fc.constantFrom(
    "# h1",
    "text w2",
    "- i3",
    "1. i4",
    "| a5 | b6 |",
    "| --- | --- |",
    "```",
    "> q7",
    "",
    "---",
    "  indented8",
    "**b9**",
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
      const read = JSON.stringify(parseMarkdown(lines.join("\n")));
      for (const word of lines.join("\n").match(/[a-z]+\d/g) ?? []) expect(read).toContain(word);
    }),
  );
});
