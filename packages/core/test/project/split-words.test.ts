import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quoteWords, splitWords } from "../../src/project/split-words.ts";

const word = fc.string({
  unit: fc.constantFrom(
    "a",
    "B",
    "1",
    " ",
    "'",
    '"',
    "\\",
    "$",
    "`",
    "|",
    "&",
    "*",
    "~",
    "#",
    "=",
    "-",
    "\n",
    "é",
    "(",
    ";",
  ),
});
const first = word.filter((text) => text !== "" && !/^[A-Za-z_]\w*=/.test(text));
const line = fc.tuple(first, fc.array(word)).map(([head, rest]) => [head, ...rest]);

describe("splitWords", () => {
  it.each([
    ["npm test", ["npm", "test"]],
    ["  npm\t run  lint ", ["npm", "run", "lint"]],
    ["a 'b c' \"d e\"", ["a", "b c", "d e"]],
    ["a ''", ["a", ""]],
    ["a b'c'\"d\"\\ e", ["a", "bcd e"]],
    ['a "x\\"y\\$z\\n"', ["a", 'x"y$z\\n']],
    ["a test/*.js ~ {x,y} b#c 5$", ["a", "test/*.js", "~", "{x,y}", "b#c", "5$"]],
    ["node -e 'a | b && $(c)'", ["node", "-e", "a | b && $(c)"]],
    ["env CI=1 npm test", ["env", "CI=1", "npm", "test"]],
  ])("takes %j apart", (text, words) => expect(splitWords(text)).toEqual({ words }));
  it.each([
    "",
    "   ",
    "''",
    "a | b",
    "a|b",
    "a & b",
    "a; b",
    "a > b",
    "a < b",
    "a 2>&1",
    "(a)",
    "a `b`",
    "a $(b)",
    "a $HOME",
    "a $\u007bx}",
    'a "$HOME"',
    'a "`b`"',
    "a 'b",
    'a "b',
    "a \\",
    "a\nb",
    "a # b",
    "X=1 a",
  ])("refuses %j", (text) => expect(splitWords(text)).toHaveProperty("problem"));
  it("is undone by quoteWords", () => {
    fc.assert(fc.property(line, (words) => void expect(splitWords(quoteWords(words))).toEqual({ words })));
  });
});

describe("quoteWords", () => {
  it("writes what a shell takes apart into the same words", () => {
    const lines = fc.sample(line, 40);
    for (const words of lines) {
      const run = spawnSync("/bin/sh", ["-c", `printf '%s\\0' ${quoteWords(["x", ...words])}`], {
        encoding: "utf8",
      });
      expect(run.stdout.split("\0").slice(1, -1)).toEqual(words);
    }
  });
});
