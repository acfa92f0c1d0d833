import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { createGit } from "../../src/workspace/git.ts";
import { landTrees, recoverLanding } from "../../src/workspace/land.ts";
import { arbitraryFiles } from "./arbitrary-files.ts";
import { contents, type Files, type TempProject, tempProject, writeFiles } from "./temp-project.ts";

let temp: TempProject;
afterEach(() => temp.remove());

const BEFORE: Files = {
  a: "a",
  "b.txt": "b",
  "d/x": "x",
  "d/y": "y",
  "gone/deep/z": "z",
  l: ["link", "a"],
  m: "m",
};
const AFTER: Files = {
  "a/inner": "i",
  "b.txt": "B",
  d: "file now",
  "new/n": "n",
  l: ["link", "b.txt"],
  m: ["exec", "m"],
};

async function prepare(before: Files, after: Files) {
  temp = tempProject(before, { git: false });
  const store = await temp.store();
  const from = (await store.snapshot()).tree;
  const checkout = await store.checkout(from, temp.dir());
  for (const name of Object.keys(contents(checkout.dir))) rmSync(join(checkout.dir, name), { force: true });
  rmSync(checkout.dir, { recursive: true });
  writeFiles(checkout.dir, { ...after });
  if (Object.keys(after).length === 0) writeFiles(checkout.dir, { "k/.keep": "" });
  return { store, from, to: await checkout.capture() };
}

/** Starts a landing, or a recovery, that stops for ever before change number `at`, as a process that died there. */
async function dieAt(
  from: string,
  to: string,
  at: number,
  work: typeof landTrees | typeof recoverLanding = landTrees,
) {
  const git = createGit(join(temp.project, ".pm/store.git"), temp.project);
  let count = 0;
  return new Promise<boolean>((resolve, reject) => {
    const hook = async () => {
      if (++count !== at) return;
      resolve(true);
      await new Promise(() => undefined);
    };
    work(git, temp.project, from, to, hook).then(() => resolve(false), reject);
  });
}

const leftovers = () => Object.keys(contents(temp.project)).filter((path) => path.includes(".pm-land-"));

describe("the recovery of a landing that was cut short", () => {
  it("finishes it from every step, where the user changed nothing", async () => {
    for (let at = 1; ; at++) {
      const { store, from, to } = await prepare(BEFORE, AFTER);
      if (!(await dieAt(from, to, at))) break;
      expect(await store.recoverLanding(from, to), `died before change ${at}`).toBe("finished");
      expect((await store.snapshot()).tree).toBe(to);
      expect(leftovers()).toEqual([]);
      temp.remove();
    }
  });

  it("undoes it from every step, where the user changed a path meanwhile, and leaves that path alone", async () => {
    for (let at = 1; ; at++) {
      const { store, from, to } = await prepare(BEFORE, AFTER);
      if (!(await dieAt(from, to, at))) break;
      writeFiles(temp.project, { "b.txt": "the user's" });
      expect(await store.recoverLanding(from, to), `died before change ${at}`).toBe("undone");
      const { "b.txt": mine, ...rest } = contents(temp.project);
      expect(mine).toBe("file the user's");
      const checkout = await store.checkout(from, temp.dir());
      const { "b.txt": _, ...expected } = contents(checkout.dir);
      expect(rest, `died before change ${at}`).toEqual(expected);
      temp.remove();
    }
  });

  it("leaves no prepared file behind where a directory that it was for was made for another first", async () => {
    const { store, from, to } = await prepare({ a: "a" }, { a: "a", "new/x": "x", "new/y": "y" });
    expect(await dieAt(from, to, 2)).toBe(true);
    expect(leftovers()).toHaveLength(1);
    expect(await store.recoverLanding(from, to)).toBe("finished");
    expect(leftovers()).toEqual([]);
  });

  it("ends at one of the two trees for any change and any step", async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryFiles,
        arbitraryFiles,
        fc.integer({ min: 1, max: 12 }),
        async (before, after, at) => {
          const { store, from, to } = await prepare(before, after);
          try {
            await dieAt(from, to, at);
            const ended = await store.recoverLanding(from, to);
            expect((await store.snapshot()).tree).toBe(ended === "finished" ? to : from);
            expect(leftovers()).toEqual([]);
          } finally {
            temp.remove();
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  it("can itself be cut short and repeated", async () => {
    const { store, from, to } = await prepare(BEFORE, AFTER);
    await dieAt(from, to, 3);
    expect(await dieAt(from, to, 2, recoverLanding)).toBe(true);
    expect(await store.recoverLanding(from, to)).toBe("finished");
    expect(await store.recoverLanding(from, to)).toBe("finished");
    expect((await store.snapshot()).tree).toBe(to);
  });

  it("does nothing where the landing had not begun", async () => {
    const { store, from, to } = await prepare(BEFORE, AFTER);
    writeFiles(temp.project, { m: "the user's" });
    expect(await store.recoverLanding(from, to)).toBe("undone");
    expect(readFileSync(join(temp.project, "m"), "utf8")).toBe("the user's");
    expect(readFileSync(join(temp.project, "b.txt"), "utf8")).toBe("b");
  });

  it("works after the landing process was killed", async () => {
    for (const at of [1, 3, 6]) {
      const { store, from, to } = await prepare(BEFORE, AFTER);
      const source = (name: string) =>
        JSON.stringify(new URL(`../../src/workspace/${name}`, import.meta.url).href);
      const script = `
        import { createGit } from ${source("git.ts")};
        import { landTrees, recoverLanding } from ${source("land.ts")};
        let count = 0;
        const hook = async () => { if (++count === ${at}) process.kill(process.pid, "SIGKILL"); };
        await landTrees(createGit(${JSON.stringify(join(temp.project, ".pm/store.git"))}, ${JSON.stringify(temp.project)}), ${JSON.stringify(temp.project)}, "${from}", "${to}", hook);
      `;
      const done = await runScript(script);
      expect(done.signal, done.stderr).toBe("SIGKILL");
      expect(await store.recoverLanding(from, to)).toBe("finished");
      expect((await store.snapshot()).tree).toBe(to);
      temp.remove();
    }
  });
});

/** Runs TypeScript sources in a process of their own, bundled first: Node 20 can't strip types. */
async function runScript(script: string): Promise<{ signal: string | null; stderr: string }> {
  const { build } = await import("esbuild");
  const outfile = join(temp.root, "script.mjs");
  await build({
    stdin: { contents: script.replaceAll("file://", ""), resolveDir: temp.root, loader: "ts" },
    bundle: true,
    platform: "node",
    format: "esm",
    outfile,
    logLevel: "silent",
  });
  const { signal, stderr } = spawnSync(process.execPath, [outfile], { encoding: "utf8" });
  return { signal, stderr };
}
