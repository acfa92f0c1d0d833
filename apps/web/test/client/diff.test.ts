import fc from "fast-check";
import { expect, it } from "vitest";
import { fileTree, treeOrder } from "../../src/client/changes/file-tree.ts";
import { type DiffRow, parseDiff } from "../../src/client/changes/parse-diff.ts";
import { splitRows } from "../../src/client/changes/split-rows.ts";

const PATCH = `diff --git a/src/a.ts b/src/a.ts
old mode 100644
new mode 100755
--- a/src/a.ts
+++ b/src/a.ts
@@ -10,4 +10,5 @@ function f() {
 same
-gone
+new
+-- also new
 same
\\ No newline at end of file
`;

it("numbers the lines of a unified diff on both sides, and tells what is no line", () => {
  const { rows, facts, binary } = parseDiff(PATCH);
  expect(rows.map(({ kind, old, new: after, text }) => [kind, old, after, text])).toEqual([
    ["hunk", null, null, "function f() {"],
    ["same", 10, 10, "same"],
    ["removed", 11, null, "gone"],
    ["added", null, 11, "new"],
    ["added", null, 12, "-- also new"],
    ["same", 12, 13, "same"],
    ["note", null, null, "No newline at end of file"],
  ]);
  expect(facts).toEqual(["Mode was 100644", "mode is 100755"]);
  expect(binary).toBe(false);
  expect(parseDiff("Binary files a/x and b/x differ\n")).toMatchObject({ binary: true, rows: [] });
});

const row = fc
  .constantFrom<DiffRow["kind"]>("same", "added", "removed", "hunk")
  .map((kind): DiffRow => ({ kind, old: null, new: null, text: kind }));

it("shows each row once when both sides stand beside each other, in its order", () => {
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      const split = splitRows(rows);
      const left = split.flatMap((one) => (one.kind === "across" ? [one.row] : one.left ? [one.left] : []));
      const right = split.flatMap((one) =>
        one.kind === "across" ? [one.row] : one.right ? [one.right] : [],
      );
      expect(left).toEqual(rows.filter(({ kind }) => kind !== "added"));
      expect(right).toEqual(rows.filter(({ kind }) => kind !== "removed"));
    }),
  );
});

const file = (path: string) => ({ path, status: "modified" as const, added: 1, deleted: 0 });

it("shows every changed file once in the tree, and none of a folder that is folded", () => {
  const name = fc.constantFrom("a", "b", "src", "x.ts");
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => `${parts.join("/")}.f`)),
      (paths) => {
        expect(
          treeOrder(paths.map(file))
            .map(({ path }) => path)
            .toSorted(),
        ).toEqual(paths.toSorted());
      },
    ),
  );
  const rows = fileTree([file("src/deep/a.ts"), file("src/deep/b.ts"), file("z.ts")], new Set(["src/deep/"]));
  expect(rows.map((one) => one.name)).toEqual(["src/deep", "z.ts"]);
});
