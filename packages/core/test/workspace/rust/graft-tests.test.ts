import { afterEach, describe, expect, it } from "vitest";
import { changeTemp, type Files, type TempProject, tempProject } from "../temp-project.ts";

let temp: TempProject;
afterEach(() => temp.remove());

async function change(before: Files, after: Files, gone: string[] = []) {
  temp = tempProject(before);
  const { store, tree, result, changes } = await changeTemp(temp, after, gone);
  const { tests_within } = changes;
  const graft = async (to: string, from: string) => {
    const grafted = await store.graft(to, from, tests_within, tests_within);
    const diff = await store.diff(to, grafted);
    const text = async (path: string) =>
      [path, (await store.readFile(grafted, path))?.toString("utf8") ?? null] as const;
    return Object.fromEntries(await Promise.all(diff.map(({ path }) => text(path))));
  };
  return { tests_within, proof: () => graft(tree, result), restored: () => graft(result, tree) };
}

const source = (body: string, test: string) =>
  `pub fn f() -> u8 { ${body} }\n\n#[cfg(test)]\nmod tests { fn t() { ${test} } }\n`;

describe("tests within sources", () => {
  it("are told for the sources in which they changed, not for those that are all test, or gone", async () => {
    const both = source("1", "one()");
    const { tests_within } = await change(
      { "src/a.rs": both, "src/b.rs": both, "src/gone.rs": both, "tests/t.rs": both, "src/c.js": both },
      {
        "src/a.rs": source("1", "two()"),
        "src/b.rs": source("2", "one()"),
        "src/new.rs": both,
        "src/plain.rs": "pub fn g() {}\n",
        "tests/t.rs": source("1", "two()"),
        "src/c.js": source("1", "two()"),
      },
      ["src/gone.rs"],
    );
    expect(tests_within).toEqual(["src/a.rs", "src/new.rs"]);
  });

  it("go to the product of the other side", async () => {
    const { proof, restored } = await change(
      { "src/lib.rs": source("1", "one()") },
      { "src/lib.rs": source("2", "two()") },
    );
    expect(await proof()).toEqual({ "src/lib.rs": source("1", "two()") });
    expect(await restored()).toEqual({ "src/lib.rs": source("2", "one()") });
  });

  it("of new files are compiled on the base, too, and go away where the base's are put back", async () => {
    const { proof, restored } = await change(
      { "src/lib.rs": "pub fn f() {}\n" },
      {
        "src/lib.rs": "pub mod deep;\npub fn f() { deep::slug::f(); }\n",
        "src/deep/mod.rs": "pub mod slug;\n",
        "src/deep/slug.rs": source("1", "one()"),
      },
    );
    expect(await proof()).toEqual({
      "src/lib.rs": "pub fn f() {}\n\npub mod deep;\n",
      "src/deep/mod.rs": "\npub mod slug;\n",
      "src/deep/slug.rs": "\n#[cfg(test)]\nmod tests { fn t() { one() } }\n",
    });
    expect(await restored()).toEqual({ "src/deep/slug.rs": "pub fn f() -> u8 { 1 }\n\n\n" });
  });
});
