import { lstatSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { formatIndex, packStat, parseIndex } from "../../src/workspace/index-file.ts";
import { contents, type TempProject, tempProject } from "./temp-project.ts";

let temp: TempProject;
afterEach(() => temp.remove());

/** Makes the only index below say of a file what `lstat` says of it now, as if it had been written in the same instant. */
function asOfThisInstant(path: string, name: string): void {
  const found = readdirSync(temp.root, { recursive: true, encoding: "utf8" }).find((file) =>
    /[0-9a-f]{32}\.index$/.test(file),
  );
  const index = join(temp.root, found ?? "no index");
  const at = new Date(1_700_000_000_000);
  utimesSync(path, at, at);
  const stat = packStat(lstatSync(path, { bigint: true }));
  const entries = parseIndex(readFileSync(index), 2n ** 62n) ?? [];
  writeFileSync(
    index,
    formatIndex(entries.map((entry) => (entry.path === name ? { ...entry, stat } : entry))),
  );
  utimesSync(index, at, at);
}

it("captures a change of the same size that was made in the instant of the checkout, whatever else is gone", async () => {
  temp = tempProject({ "kept.txt": "base", "gone.txt": "gone" }, { git: false });
  const store = await temp.store();
  const { tree } = await store.snapshot();
  const checkout = await store.checkout(tree, temp.dir());
  const path = join(checkout.dir, "kept.txt");
  writeFileSync(path, "ours", { flag: "r+" });
  rmSync(join(checkout.dir, "gone.txt"));
  asOfThisInstant(path, "kept.txt");
  const captured = await store.checkout(await checkout.capture(), temp.dir());
  expect(contents(captured.dir)).toEqual({ "kept.txt": "file ours" });
});
