import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LINE_LIMIT } from "../../src/contract/evidence.ts";
import { createByteCache } from "../../src/server/evidence/byte-cache.ts";
import { cleanLog, cutLine, withoutColours } from "../../src/server/evidence/clean-log.ts";
import { createLogText } from "../../src/server/evidence/log-text.ts";
import { splitPatch } from "../../src/server/evidence/split-patch.ts";

const RED = "\u001b[31m";
const RESET = "\u001b[0m";
const piece = fc.constantFrom(
  ...[
    "a",
    "B",
    "ß",
    "İ",
    "🙂",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "\u0000",
    "\u0007",
    "\u202e",
    "\u2066",
    "\u009b31m",
  ],
  ...[
    RED,
    RESET,
    "\u001b",
    "\u001b[2J",
    "\u001b]0;t\u0007",
    "\u001b]8;;http://x\u001b\\",
    "\u001bP",
    "\u009d",
    "[31m",
    "m",
  ],
);
const logs = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(""));

/** What must reach no page: C0 and C1 but for tab, line feed and the escape of a colour, and what turns text around. */
const HARM = /(?!\u001b\[[0-9;:]*m)[\u0000-\u0008\u000b-\u001f\u007f-\u009f]|[\u202a-\u202e\u2066-\u2069]/;

describe("a cleaned log", () => {
  it("has nothing that acts on who shows it, and is the same when cleaned again", () => {
    fc.assert(
      fc.property(logs, (text) => {
        const clean = cleanLog(text);
        expect(clean).not.toMatch(HARM);
        expect(cleanLog(clean)).toBe(clean);
        expect(withoutColours(clean)).not.toContain("\u001b");
      }),
    );
  });

  it("is cut within no colour and no character", () => {
    expect(cutLine(`abc${RED}def`, 5)).toBe("abc");
    expect(cutLine(`abc${RED}def`, 8)).toBe(`abc${RED}`);
    expect(cutLine("ab🙂", 3)).toBe("ab");
    expect(cutLine("abc", 3)).toBe("abc");
  });
});

describe("the lines of a log", () => {
  it("are those of the cleaned text, wherever one begins", () => {
    fc.assert(
      fc.property(
        logs,
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 30 }),
        (text, from, count) => {
          const clean = cleanLog(text);
          const all = clean === "" ? [] : clean.replace(/\n$/, "").split("\n");
          const { total, lines } = createLogText(text).lines(from, count);
          expect(total).toBe(all.length);
          expect(lines.map((line) => line.text)).toEqual(all.slice(from - 1, from - 1 + count));
          expect(lines.map(({ n }) => n)).toEqual(lines.map((_, index) => from + index));
        },
      ),
    );
  });

  it("are found by what a person reads, whatever the case", () => {
    fc.assert(
      fc.property(logs, fc.constantFrom("a", "b", "aB", "ß", "🙂", "[31m", " ", "m"), (text, wanted) => {
        const plain = withoutColours(cleanLog(text));
        const all = plain === "" ? [] : plain.replace(/\n$/, "").split("\n");
        const expression = new RegExp(wanted.replace(/[[\]]/g, "\\$&"), "iu");
        const expected = all.flatMap((line, index) => (expression.test(line) ? [index + 1] : []));
        const log = createLogText(text);
        expect(log.search(wanted, 1000)).toEqual({ lines: expected, more: false });
        expect(log.search(wanted, 2)).toEqual({ lines: expected.slice(0, 2), more: expected.length > 2 });
      }),
    );
  });

  it("come quickly of a line of 10 MB and of 100,000 lines", () => {
    const long = createLogText("x".repeat(10 * 1024 * 1024));
    expect(long.lines(1, 10).lines).toEqual([
      { n: 1, text: "x".repeat(LINE_LIMIT), cut: 10 * 1024 * 1024 - LINE_LIMIT },
    ]);
    expect(long.search("y", 10)).toEqual({ lines: [], more: false });
    const many = createLogText(
      Array.from({ length: 100_000 }, (_, n) => `${RED}line ${n + 1}${RESET}`).join("\n"),
    );
    const began = performance.now();
    for (let from = 1; from < 100_000; from += 1000)
      expect(many.lines(from, 1).lines[0]?.text).toContain(`line ${from}`);
    expect(many.search("LINE 99999", 10).lines).toEqual([99_999]);
    expect(performance.now() - began).toBeLessThan(2000);
  });
});

describe("a patch", () => {
  const file = (name: string, body: string) =>
    `diff --git a/${name} b/${name}\nindex 1..2 100644\n--- a/${name}\n+++ b/${name}\n${body}`;

  it("is split into the parts of its files, whatever stands in them", () => {
    const names = fc.uniqueArray(fc.constantFrom("a.js", "b c.js", "dir/d", "--- e", "f b/f"), {
      minLength: 1,
    });
    const bodies = fc.constantFrom(
      "@@ -1 +1 @@\n-a\n+b\n",
      "@@ -0,0 +1 @@\n+diff --git a/x b/x\n",
      "@@ -1 +0,0 @@\n--- a/q\n",
    );
    fc.assert(
      fc.property(names, fc.array(bodies, { minLength: 5, maxLength: 5 }), (given, contents) => {
        const parts = given.map((name, index) => file(name, contents[index] ?? ""));
        const split = splitPatch(parts.join(""));
        expect(given.map((name) => split.part(name))).toEqual(parts);
        expect(split.part("none")).toBeNull();
      }),
    );
  });

  it("knows what git quotes, removes, or has no lines of", () => {
    const quoted =
      'diff --git "a/gr\\303\\274n.txt" "b/gr\\303\\274n.txt"\n--- /dev/null\n+++ "b/gr\\303\\274n.txt"\n@@ -0,0 +1 @@\n+x\n';
    const gone =
      "diff --git a/old b/old\ndeleted file mode 100644\n--- a/old\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n";
    const empty = "diff --git a/a b/e b/a b/e\nnew file mode 100644\nindex 0000000..e69de29\n";
    const binary =
      "diff --git a/i.png b/i.png\nindex 1..2 100644\nGIT binary patch\nliteral 3\nKcmZQz\n\nliteral 0\nHcmV?d00001\n\n";
    const split = splitPatch(quoted + gone + empty + binary);
    expect(["grün.txt", "old", "a b/e", "i.png"].map((name) => split.part(name))).toEqual([
      quoted,
      gone,
      empty,
      binary,
    ]);
  });

  it("of 5,000 files gives any of them at once", () => {
    const patch = Array.from({ length: 5000 }, (_, n) => file(`src/f${n}.js`, "@@ -1 +1 @@\n-a\n+b\n")).join(
      "",
    );
    const split = splitPatch(patch);
    const began = performance.now();
    for (let n = 0; n < 5000; n += 1) expect(split.part(`src/f${n}.js`)?.length).toBeGreaterThan(50);
    expect(performance.now() - began).toBeLessThan(1000);
  });
});

describe("what is kept", () => {
  it("is never more than may be, and is made once at a time", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom("a", "b", "c"), fc.nat({ max: 8 }))),
        async (asks) => {
          let made = 0;
          const cache = createByteCache<number>(10, (bytes) => bytes);
          for (const [key, bytes] of asks) await cache.get(key, async () => bytes);
          const make = async () => {
            made += 1;
            return 3;
          };
          await Promise.all([cache.get("new", make), cache.get("new", make)]);
          expect(made).toBe(1);
          await expect(cache.get("bad", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
          expect(await cache.get("bad", async () => 1)).toBe(1);
        },
      ),
    );
    const cache = createByteCache<number>(10, (bytes) => bytes);
    for (const key of ["a", "b", "c"]) await cache.get(key, async () => 4);
    let again = 0;
    for (const key of ["c", "b", "a"]) await cache.get(key, async () => (again += 1));
    expect(again).toBe(1);
  });
});
