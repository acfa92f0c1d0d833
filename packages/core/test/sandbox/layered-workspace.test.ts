import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bench, createBench, stdoutOf } from "./support.ts";

describe("a workspace under a layer", () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await createBench("sandbox");
    writeFileSync(join(bench.place.dir, "kept.txt"), "as it was");
    mkdirSync(join(bench.place.dir, "src"));
    writeFileSync(join(bench.place.dir, "src/gone.txt"), "still here");
  });
  afterEach(() => bench.remove());
  const layer = { access: "layer" } as const;
  const unchanged = () => {
    expect(readdirSync(bench.place.dir).sort()).toEqual(["kept.txt", "src"]);
    expect(readFileSync(join(bench.place.dir, "kept.txt"), "utf8")).toBe("as it was");
    expect(readFileSync(join(bench.place.dir, "src/gone.txt"), "utf8")).toBe("still here");
  };

  it("takes every kind of write, and is as it was afterwards", async () => {
    const script =
      "echo new >kept.txt; rm -r src; mkdir made; echo x >made/file; cat kept.txt; [ -e src ] || echo gone";
    expect(stdoutOf(await bench.sh(script, { place: layer }))).toBe("new\ngone\n");
    unchanged();
  });

  it("shows one run nothing of another, also beside it", async () => {
    const script = 'cat kept.txt; echo "$1" >kept.txt; sleep 0.3; cat kept.txt';
    const runs = await Promise.all(
      ["one", "two"].map((name) => bench.run(["/bin/sh", "-c", script, "sh", name], { place: layer })),
    );
    expect(runs.map(stdoutOf)).toEqual(["as it wasone\n", "as it wastwo\n"]);
    unchanged();
  });

  it("has the dependencies in it, and no mount point for them stays behind, read or written", async () => {
    mkdirSync(join(bench.place.mountAt, "node_modules"));
    writeFileSync(join(bench.place.mountAt, "node_modules/one.js"), "1");
    for (const access of ["layer", "read"] as const) {
      const place = { access, dependencies: ["node_modules"] };
      expect(stdoutOf(await bench.sh("ls node_modules", { place }))).toBe("one.js\n");
      unchanged();
    }
  });

  it("holds where its path is none that an overlay can be made of", async () => {
    const dir = join(bench.root, "a:b,c");
    mkdirSync(dir);
    writeFileSync(join(dir, "kept.txt"), "as it was");
    const run = await bench.sh("echo new >kept.txt; cat kept.txt", { place: { ...layer, dir } });
    expect(stdoutOf(run)).toBe("new\n");
    expect(readFileSync(join(dir, "kept.txt"), "utf8")).toBe("as it was");
  });
});
