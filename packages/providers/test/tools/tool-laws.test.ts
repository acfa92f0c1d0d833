import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createCapture } from "../../src/tools/tool-host/capped.mjs";
import { compileGlob } from "../../src/tools/tool-host/glob-pattern.mjs";
import { openTestTools, type TestTools } from "../support/test-tools.ts";

let tools: TestTools;
beforeAll(() => {
  tools = openTestTools();
});
afterAll(() => tools.close());

/** Text of few letters, so that parts of it repeat. */
const text = fc.string({ unit: fc.constantFrom("a", "b", "\n", "é", "東", "😀", "$&", " "), maxLength: 60 });

it("edit replaces as a string's replace does, or leaves the file alone", async () => {
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.string({ unit: fc.constantFrom("a", "b", "é", "\n"), minLength: 1, maxLength: 3 }),
      text,
      fc.boolean(),
      async (before, old, put, all) => {
        fc.pre(old !== put);
        tools.put("law.txt", before);
        const outcome = await tools.ask("edit", {
          path: "law.txt",
          old_string: old,
          new_string: put,
          replace_all: all,
        });
        const count = before.split(old).length - 1;
        const done = count === 1 || (all && count > 1);
        expect(outcome.isError).toBe(!done);
        expect(tools.get("law.txt").toString()).toBe(done ? before.split(old).join(put) : before);
      },
    ),
    { numRuns: 150 },
  );
});

it("the windows of a file, put together, are the file", async () => {
  const line = fc.string({ unit: fc.constantFrom("a", "\t", "東", "😀", " "), maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 15 }),
      async (lines, limit) => {
        const whole = `${lines.join("\n")}\n`;
        tools.put("law.txt", whole);
        let put = "";
        for (let offset: number | null = 1; offset !== null; ) {
          const { text: shown, isError } = await tools.ask("read", { path: "law.txt", offset, limit });
          expect(isError).toBe(false);
          const rows = shown.split("\n");
          const next = /^\[more follows: read on with offset (\d+)\]$/.exec(rows.at(-1) ?? "")?.[1];
          for (const row of next === undefined ? rows : rows.slice(0, -1)) {
            put += `${row.slice(row.indexOf("\t") + 1)}\n`;
          }
          offset = next === undefined ? null : Number(next);
        }
        expect(put).toBe(whole);
      },
    ),
    { numRuns: 60 },
  );
});

it("what is written is what is there", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 200 }), async (content) => {
      expect(await tools.ask("write", { path: "law.txt", content })).toMatchObject({ isError: false });
      expect(tools.get("law.txt").toString()).toBe(content);
    }),
    { numRuns: 60 },
  );
});

it("a glob matches what its regular expression matches", () => {
  const name = fc.string({ unit: fc.constantFrom("a", "b", ".", "*", "?"), minLength: 1, maxLength: 5 });
  const part = fc.oneof(fc.constant("**"), name).filter((words) => words !== ".");
  const pattern = fc.array(part, { minLength: 1, maxLength: 4 });
  const path = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "."), minLength: 1, maxLength: 5 }), {
    minLength: 1,
    maxLength: 5,
  });
  fc.assert(
    fc.property(pattern, path, (parts, names) => {
      const body = parts
        .map((part) =>
          part === "**"
            ? "(?:[^/]+/)*"
            : `${part.replaceAll(".", "\\.").replace(/\*+/g, "[^/]*").replaceAll("?", "[^/]")}/`,
        )
        .join("");
      expect(compileGlob(parts.join("/"))(names.join("/"))).toBe(
        new RegExp(`^${body}$`).test(`${names.join("/")}/`),
      );
    }),
    { numRuns: 2_000 },
  );
});

it.each([
  ["*.{ts,js}", "a.js", true],
  ["*.{ts,js}", "a.py", false],
  ["{a,b{c,d}}.x", "bd.x", true],
  ["[a-c]1", "b1", true],
  ["[!a-c]1", "b1", false],
  ["a[", "a[", true],
  ["\\*", "*", true],
  ["\\*", "a", false],
  ["./src/*", "src/a", true],
  ["src/**", "src/a/b", true],
  ["😀?", "😀😀", true],
])("the glob %s on %s: %s", (pattern, path, expected) => {
  expect(compileGlob(pattern)(path)).toBe(expected);
});

it("no glob takes long, and one with too many alternatives is refused", () => {
  const started = performance.now();
  expect(compileGlob(`${"*a".repeat(200)}b`)("a".repeat(250))).toBe(false);
  expect(compileGlob(`${"**/a/".repeat(100)}b`)("a/".repeat(500).slice(0, -1))).toBe(false);
  expect(performance.now() - started).toBeLessThan(2_000);
  expect(() => compileGlob("{a,b}".repeat(20))).toThrow(/too many alternatives/);
});

it("a capture keeps start and end of any stream, and counts what it left out", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: fc.constantFrom("a", "é", "東", "😀", "\n"), maxLength: 30 })),
      (chunks) => {
        const capture = createCapture(40);
        const whole = Buffer.from(chunks.join(""));
        for (const chunk of chunks) capture.push(Buffer.from(chunk));
        const shown = capture.text();
        if (whole.length <= 40) {
          expect(shown).toBe(whole.toString());
          return;
        }
        const [head = "", tail = ""] = shown.split(/\n?\[… \d+ bytes left out …\]\n/);
        expect(whole.toString().startsWith(head) && whole.toString().endsWith(tail)).toBe(true);
        expect(shown).not.toContain("\ufffd");
        expect(Buffer.byteLength(head)).toBeGreaterThanOrEqual(16);
        expect(Buffer.byteLength(tail)).toBeGreaterThanOrEqual(16);
      },
    ),
  );
});
