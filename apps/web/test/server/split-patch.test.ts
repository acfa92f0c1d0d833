import { expect, it } from "vitest";
import { splitPatch } from "../../src/server/evidence/split-patch.ts";

const added = (path: string, line: string) =>
  `diff --git a/${path} b/${path}\nnew file mode 100644\n--- /dev/null\n+++ b/${path}\n@@ -0,0 +1 @@\n+${line}\n`;

it("shows every file that looks like the one asked for: a twin with an invisible letter hides nothing", () => {
  const patch = splitPatch(added("src/sum.js", "the change") + added("src/sum.js\u200b", "harmless"));
  const shown = patch.part("src/sum.js");
  expect(shown).toContain("+the change");
  expect(shown).toContain("+harmless");
});

it("does not take a name for over where a line of another kind ends in it", () => {
  const patch = splitPatch(added("x", "mine") + added("x\u2028y.js", "other"));
  expect(patch.part("x")).not.toContain("+other");
});
