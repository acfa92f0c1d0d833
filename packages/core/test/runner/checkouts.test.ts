import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createCheckouts } from "../../src/runner/checkouts.ts";
import { arbitraryFiles } from "../workspace/arbitrary-files.ts";
import { contents, type TempProject, tempProject, writeFiles } from "../workspace/temp-project.ts";

let temp: TempProject | undefined;
afterEach(() => temp?.remove());

describe("the checkouts of a task", () => {
  it("K1 turn a spare one into exactly what a fresh one would be, for any two trees", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryFiles, arbitraryFiles, async (before, after) => {
        temp = tempProject(before);
        try {
          const store = await temp.store();
          const base = (await store.snapshot()).tree;
          const fresh = await store.checkout(base, temp.dir());
          for (const name of readdirSync(fresh.dir))
            rmSync(join(fresh.dir, name), { recursive: true, force: true });
          writeFiles(fresh.dir, after);
          const target = await fresh.capture();
          const checkouts = createCheckouts(store, temp.dir());
          checkouts.prepare(base, 1);
          const turned = await checkouts.own(target);
          const wanted = await store.checkout(target, temp.dir());
          expect(contents(turned.dir)).toEqual(contents(wanted.dir));
          expect(await turned.capture()).toBe(target);
          await checkouts.end();
        } finally {
          temp.remove();
        }
      }),
      { numRuns: 10 },
    );
  });

  it("share one for the same tree, make it afresh once dropped, and are all gone when cleared", async () => {
    temp = tempProject({ "a.txt": "a" });
    const store = await temp.store();
    const { tree } = await store.snapshot();
    const checkouts = createCheckouts(store, temp.dir());
    const first = await checkouts.shared(tree);
    expect(await checkouts.shared(tree)).toBe(first);
    checkouts.drop(tree);
    const second = await checkouts.shared(tree);
    expect(second.dir).not.toBe(first.dir);
    checkouts.prepare(tree, 2);
    checkouts.clear();
    await vi.waitFor(() => expect([first.dir, second.dir].filter(existsSync)).toEqual([]), 10_000);
    await checkouts.end();
  });

  it("K3 make no more spares once ended, and a spare that failed is no obstacle", async () => {
    temp = tempProject({ "a.txt": "a" });
    const store = await temp.store();
    const { tree } = await store.snapshot();
    const checkouts = createCheckouts(store, temp.dir());
    checkouts.prepare("0".repeat(40), 1);
    const checkout = await checkouts.own(tree);
    expect(contents(checkout.dir)).toEqual(contents(temp.project));
    await checkouts.end();
  });
});
