import { appendFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { type TempProject, tempProject, writeFiles } from "./temp-project.ts";

let temp: TempProject;
const path = process.env.PATH;
afterEach(() => {
  process.env.PATH = path;
  temp.remove();
});

/** A `git` that says that it ran, and would do the work. */
function plantGit(folder: string): void {
  const ran = join(temp.root, "RAN");
  writeFiles(folder, { git: ["exec", `#!/bin/sh\necho "$0 $*" >> ${ran}\nexec /usr/bin/git "$@"\n`] });
}

it("pm runs no git that the project or the repository around it brings along", async () => {
  temp = tempProject({ "a.txt": "a", "inner/b.txt": "b" }, { at: "mono/project" });
  temp.git("-C", join(temp.project, "inner"), "init", "-q");
  const bins = [join(temp.project, "node_modules/.bin"), join(temp.root, "mono/node_modules/.bin")];
  for (const bin of bins) plantGit(bin);
  process.env.PATH = [...bins, ".", path].join(":");
  const store = await temp.store();
  const { tree } = await store.snapshot();
  const checkout = await store.checkout(tree, temp.dir());
  appendFileSync(join(checkout.dir, "a.txt"), "more");
  await store.land(tree, await checkout.capture());
  expect(existsSync(join(temp.root, "RAN"))).toBe(false);
});
