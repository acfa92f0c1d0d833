import { describe, expect, it } from "vitest";
import { type BaseScripts, baseScripts, executedPaths } from "../../src/runner/executed-paths.ts";
import type { TaskContext } from "../../src/runner/task-context.ts";

async function scriptsOf(files: Record<string, string>): Promise<readonly BaseScripts[]> {
  const store = {
    listFiles: async () => Object.keys(files),
    readFile: async (_: string, path: string) => Buffer.from(files[path] ?? ""),
  };
  return baseScripts({ store } as unknown as TaskContext, "a".repeat(40));
}
const manifest = (scripts: Record<string, string>) => JSON.stringify({ scripts });

describe("what a QA command executes", () => {
  it("is its own words, where it names no scripts", async () => {
    const scripts = await scriptsOf({ "package.json": manifest({ check: "node other.js" }) });
    expect([...executedPaths(["node", "./check.js"], scripts)]).toEqual(["node", "check.js"]);
  });

  it("is what the script runs, and those that it calls, in their packages, but no other", async () => {
    const scripts = await scriptsOf({
      "package.json": manifest({
        test: "npm run unit --workspaces",
        start: "node src/index.js",
        pretest: "node pre.js",
      }),
      "packages/a/package.json": manifest({ unit: "node ./run-all.js" }),
      "packages/b/package.json": "no JSON",
    });
    const paths = executedPaths(["npm", "test"], scripts);
    expect([...paths]).toEqual(expect.arrayContaining(["packages/a/run-all.js", "pre.js"]));
    expect([...paths].filter((path) => path.includes("index"))).toEqual([]);
  });

  it("is what a target's recipe starts, and those of targets that it needs, but no source that it compiles", async () => {
    const makefile =
      "test: tap\n\t./bin/last.sh\ntap: src/a.c\n\tcc src/a.c -o a\n\t@sh bin/tap.sh\nrun:\n\tnode src/run.js\n";
    const paths = executedPaths(["make", "test"], await scriptsOf({ Makefile: makefile }));
    expect([...paths]).toEqual(expect.arrayContaining(["bin/last.sh", "bin/tap.sh"]));
    expect([...paths].filter((path) => path.startsWith("src/"))).toEqual([]);
  });
});
