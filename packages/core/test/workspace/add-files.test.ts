import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { addFiles } from "../../src/workspace/add-files.ts";
import { createGit } from "../../src/workspace/git.ts";
import { writeTree } from "../../src/workspace/trees.ts";
import { type TempProject, tempProject } from "./temp-project.ts";

let temp: TempProject;
afterEach(() => temp.remove());

it("a file that git calls big is stored durably beside small ones", async () => {
  temp = tempProject({ "a.txt": "a", "z.txt": "z" });
  const store = await temp.store();
  writeFileSync(join(temp.project, "big"), "");
  truncateSync(join(temp.project, "big"), 513 * 2 ** 20);
  const git = createGit(join(temp.project, ".pm/store.git"), temp.project);
  const index = join(temp.root, "index");
  await addFiles(git, temp.project, index, ["a.txt", "big", "z.txt"], true);
  expect(await store.listFiles(await writeTree(git, index, true))).toEqual(["a.txt", "big", "z.txt"]);
}, 60_000);
