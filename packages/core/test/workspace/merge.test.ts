import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { arbitraryFiles } from "./arbitrary-files.ts";
import { contents, type Files, type TempProject, tempProject, writeFiles } from "./temp-project.ts";

let temp: TempProject;
afterEach(() => temp.remove());

const LINES = Array.from({ length: 20 }, (_, n) => `line ${n}\n`);
const withLine = (n: number, text: string) =>
  LINES.map((line, at) => (at === n ? `${text}\n` : line)).join("");

async function three(base: Files, ours: Files, theirs: Files) {
  temp = tempProject(base, { git: false });
  const store = await temp.store();
  const { tree } = await store.snapshot();
  const capture = async (files: Files) => {
    const checkout = await store.checkout(tree, temp.dir());
    execFileSync("find", [checkout.dir, "-mindepth", "1", "-delete"]);
    writeFiles(checkout.dir, files);
    return checkout.capture();
  };
  const [a, b] = [await capture(ours), await capture(theirs)];
  const show = async (id: string) => contents((await store.checkout(id, temp.dir())).dir);
  return { store, base: tree, ours: a, theirs: b, show };
}

describe("a merge", () => {
  it("takes what one side changed, and merges by lines what both did", async () => {
    const base = {
      "a.txt": LINES.join(""),
      "b.txt": "b",
      "gone.txt": "x",
      "both.txt": "x",
      "m.sh": LINES.join(""),
    };
    const { store, show, ...t } = await three(
      base,
      {
        "a.txt": withLine(1, "ours"),
        "b.txt": "B",
        "gone.txt": "x",
        "new.txt": "n",
        "m.sh": ["exec", LINES.join("")],
      },
      { "a.txt": withLine(18, "theirs"), "b.txt": "b", "new.txt": "n", "t/x": "x", "m.sh": withLine(3, "t") },
    );
    const { tree, conflicts } = await store.merge(t.base, t.ours, t.theirs);
    expect(conflicts).toEqual([]);
    const merged = LINES.map((line, n) => (n === 1 ? "ours\n" : n === 18 ? "theirs\n" : line)).join("");
    expect(await show(tree)).toEqual({
      "a.txt": `file ${merged}`,
      "b.txt": "file B",
      "new.txt": "file n",
      "t/x": "file x",
      "m.sh": `exec ${withLine(3, "t")}`,
    });
  });

  it("names what both sides changed and can't be merged, and keeps ours there", async () => {
    const base = {
      text: "x\n",
      bin: Buffer.from([0, 1]),
      del: "x",
      link: ["link", "a"],
      d: "file",
    } satisfies Files;
    const { store, show, ...t } = await three(
      base,
      {
        text: "ours\n",
        bin: Buffer.from([0, 2]),
        del: "changed",
        link: ["link", "b"],
        d: "file",
        add: "a",
        "p/q": "q",
      },
      {
        text: "theirs\n",
        bin: Buffer.from([0, 3]),
        link: ["link", "c"],
        d: "file",
        add: "b",
        p: "file",
        "z/ok": "ok",
      },
    );
    const { tree, conflicts } = await store.merge(t.base, t.ours, t.theirs);
    expect(conflicts).toEqual(["add", "bin", "del", "link", "p", "text"]);
    const { "z/ok": ok, ...rest } = await show(tree);
    expect(ok).toBe("file ok");
    expect(rest).toEqual(await show(t.ours));
  });

  it("with a side that changed nothing gives the other side, and is the same from both sides where nothing conflicts", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryFiles, arbitraryFiles, arbitraryFiles, async (base, ours, theirs) => {
        const { store, ...t } = await three(base, ours, theirs);
        try {
          expect(await store.merge(t.base, t.ours, t.base)).toEqual({ tree: t.ours, conflicts: [] });
          expect(await store.merge(t.base, t.base, t.theirs)).toEqual({ tree: t.theirs, conflicts: [] });
          expect(await store.merge(t.base, t.ours, t.ours)).toEqual({ tree: t.ours, conflicts: [] });
          const [one, two] = [
            await store.merge(t.base, t.ours, t.theirs),
            await store.merge(t.base, t.theirs, t.ours),
          ];
          if (one.conflicts.length + two.conflicts.length === 0) expect(one.tree).toBe(two.tree);
          const changed = (await store.diff(t.base, t.ours)).map((change) => change.path);
          expect(await store.graft(t.base, t.ours, changed)).toBe(t.ours);
        } finally {
          temp.remove();
        }
      }),
      { numRuns: 12 },
    );
  });
});

describe("a graft", () => {
  it("takes the named paths from the other tree, absent ones too, and nothing else", async () => {
    const { store, show, ...t } = await three(
      { "test/a.test.js": "base", "src/a.js": "base", "test/gone.test.js": "base" },
      { "test/a.test.js": "ours", "src/a.js": "ours", "test/new.test.js": "ours" },
      {},
    );
    const back = ["test/a.test.js", "test/gone.test.js", "test/new.test.js", "nowhere"];
    expect(await show(await store.graft(t.ours, t.base, back))).toEqual({
      "src/a.js": "file ours",
      "test/a.test.js": "file base",
      "test/gone.test.js": "file base",
    });
    expect(await store.graft(t.ours, t.base, [])).toBe(t.ours);
    rmSync(join(temp.root, "work"), { recursive: true });
    expect(await store.graft(t.base, t.ours, ["src/a.js"])).not.toBe(t.base);
  });
});
