import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coverageGate } from "../../src/gates/coverage.ts";
import { promptParts } from "../../src/gates/prompt-parts.ts";
import { evidence } from "./build-evidence.ts";

const parts = (prompt: string) => promptParts(prompt).map(({ kind, text }) => `${kind}: ${text}`);
const requirement = (statement: string, index: number) => ({
  id: `R${index + 1}`,
  statement,
  acceptance: "seen",
});
const objects = (prompt: string, ...statements: string[]) =>
  coverageGate.evaluate(
    evidence({ prompt, requirements: { kind: "change", requirements: statements.map(requirement) } }),
  );

describe("promptParts finds", () => {
  it.each([
    ["Change `src/a b.js` and ``x`y``", ["code: src/a b.js", "code: x`y"]],
    ['Print "Not found." and ‘no way’', ["quote: Not found.", "quote: no way"]],
    ["Accept 'a' or 'b', it's fine", ["quote: a", "quote: b"]],
    [
      "- one thing\n  that goes on\n* [ ] another\n\n1. first\n2) second\n(a) third",
      ["item: one thing that goes on", "item: another", "item: first", "item: second", "item: third"],
    ],
    [
      "Edit ./src/lib/slug.js:12:3, README.md (and docs/). Also /api/health.",
      ["path: ./src/lib/slug.js", "path: README.md", "path: docs/", "path: /api/health"],
    ],
    ["Touch .gitignore, Makefile and test/**/*.spec.ts.", ["path: .gitignore", "path: test/**/*.spec.ts"]],
    [
      "Add --dry-run (-n), --limit=5 and -v/--verbose.",
      ["flag: --dry-run", "flag: -n", "flag: --limit=5", "flag: -v", "flag: --verbose"],
    ],
    ["Run:\n```sh\nnpm  test\n\n  npm run x\n```\nthen stop", ["block: npm test\n\nnpm run x"]],
    ["README.mdを更新して「完了」と表示", ["quote: 完了", "path: README.md"]],
    ['Say "use `x` now"', ["code: x", "quote: use x now"]],
  ])("%j", (prompt, expected) => {
    expect(parts(prompt).sort()).toEqual([...expected].sort());
  });

  it.each([
    "It's the users' data and the dogs' food; don't touch '90s tapes, rock 'n' roll and 5\" disks.",
    "Read and/or write TCP/IP, I/O, 24/7, e.g. 1/2 or read/write/execute, i.e. w/o delay.",
    "Node.js, Vue.js and ASP.NET 4.5; the .NET runtime; all .ts files... and so on",
    "See https://example.com/docs/a.html?x=1#top, http://localhost:3000/api/x and mail a@example.com.",
    "A range - from 3 - to 5 — and 2*3*4, well-known, 100% at 10:30.",
    "Make it fast. 2024. was fine, v1.2.3 too",
    "# Heading\n\nSome text.\n---\nMore text.",
  ])("nothing in %j", (prompt) => {
    expect(parts(prompt)).toEqual([]);
  });

  it("never throws and is quick, whatever the prompt", () => {
    const pieces = fc.constantFrom(
      "`",
      "``",
      "```",
      "'",
      '"',
      "\n",
      "- ",
      " ",
      "a",
      "1. ",
      "/",
      "--x",
      "“",
      "\\",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (chosen) => void promptParts(chosen.join(""))),
    );
    const start = performance.now();
    promptParts("` ' \" - a/b.js ``` ".repeat(5_000));
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe("the coverage gate is silent over honest requirements", () => {
  it.each([
    ["Fix `slugify()` for empty strings", ["slugify of an empty string is empty"]],
    ['Print "Not found." when src/a.js is missing', ['It prints "not found" if src/a.js does not exist']],
    [
      "- Handle empty strings\n- It's important that spaces become dashes",
      ["An empty string is handled", "Spaces become dashes; this is important"],
    ],
    [
      "1. Add a --dry-run flag\n2. Document it in README.md",
      ["--dry-run is added as a flag", "README.md documents it"],
    ],
    ["- slugify should lower-case its input", ["slugify returns its input in lowercase"]],
    ["- handle empty and null input", ["empty input is handled", "null input is handled"]],
    [
      '- Update `package.json`\'s "main" field to ./dist/index.js.',
      ["The main field of package.json is updated to dist/index.js"],
    ],
    ["Say 'it's done' at the end", ['It says "it\'s done" at the end']],
    ["Make this pass:\n```\n  assert(x  === 1)\n```", ["assert(x === 1) holds"]],
    ["- 空文字列を処理する\n- `--json` を追加", ["空文字列の場合を処理する", "--json を追加する"]],
    ["Set --limit=5", ["--limit 5 is set"]],
  ])("%j", (prompt, statements) => {
    expect(objects(prompt, ...statements)).toEqual([]);
  });

  it("where requirements repeat the prompt, whatever it is", () => {
    const words = fc.constantFrom(
      "slug",
      "`a b`",
      '"x."',
      "'y'",
      "src/a.js",
      "--flag=1",
      "it's",
      "\n- item",
      "\n1. done",
      "e.g.",
      "(see",
      "docs/)",
      "\n\n",
    );
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 25 }), (chosen) => {
        const prompt = chosen.join(" ");
        expect(objects(prompt, prompt)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe("the coverage gate, in scripts without spaces between words,", () => {
  it.each([
    ["src/slug.jsの`slug`が空文字列を返すようにする", "`slug`は、src/slug.jsの中で空文字列を返す"],
    ["把README.md翻译成中文", "README.md翻译成中文"],
    ["`--json`フラグを追加", "`--json`フラグがある"],
    ["src/slug.js를 고쳐라", "src/slug.js를 고친다"],
  ])("finds paths and code in %j", (prompt, statement) => expect(objects(prompt, statement)).toEqual([]));

  it("never objects to the prompt itself", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (prompt) => {
        expect(objects(prompt, prompt)).toEqual([]);
      }),
    );
  });
});

describe("the coverage gate objects", () => {
  it.each([
    ["- handle empty strings\n- handle null", ["empty strings are handled"], '"handle null"'],
    [
      "- empty string returns empty\n- null string returns empty",
      ["an empty string returns empty"],
      '"null string returns empty"',
    ],
    ["Add --dry-run", ["--dry is added"], '"--dry-run"'],
    ["Add -n", ["--n and x-n are there"], '"-n"'],
    ["Change `id`", ["The idea is changed"], '"id"'],
    ["Edit src/a.js and src/b.js", ["src/a.js is edited"], '"src/b.js"'],
    ['Print "Hello, world"', ["It greets the world"], '"Hello, world"'],
    ["Make it so:\n```\na\nb\n```", ["a holds"], '"a b"'],
    ["Set --limit=5", ["--limit is set"], '"--limit=5"'],
    ["Do: (1) handle null, (2) cut slugs.", ["null is handled"], '"cut slugs."'],
    ["- slugs are never cut", ["slugs are cut"], '"slugs are never cut"'],
  ])("to %j where only %j is required", (prompt, statements, part) => {
    const [violation] = objects(prompt, ...statements);
    expect(violation).toMatchObject({ code: "E216", status: "INCOMPLETE", approval: "accept" });
    expect(violation?.message).toContain(part);
  });

  it("the less, the more requirements there are", () => {
    const statements = fc.array(fc.constantFrom("a", "`b`", "src/c.js", "--d", "handle null", "empty"), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(statements, fc.constantFrom("a", "`b` is", "src/c.js", "--d"), (few, more) => {
        const prompt = "- handle null\n- `b` src/c.js --d";
        if (objects(prompt, ...few).length === 0) expect(objects(prompt, ...few, more)).toEqual([]);
      }),
    );
  });
});
