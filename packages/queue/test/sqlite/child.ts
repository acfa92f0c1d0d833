import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { ChildLine, Errand } from "./child-program.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export interface ChildProgram {
  /** Starts it, inside `wrapper` (a program and its arguments) where that is given. */
  start(errand: Errand, path: string, how?: { wrapper?: string[]; uid?: number }): Child;
  remove(): void;
}

export interface Child {
  readonly process: ChildProcess;
  /** All that it said, when it has ended. */
  readonly said: Promise<ChildLine[]>;
}

/** Bundles the program for plain Node, which on Node 20 reads no TypeScript. */
export async function buildChildProgram(): Promise<ChildProgram> {
  // Below this package's node_modules, so that the native package is found.
  const parent = here("../../node_modules/.cache");
  mkdirSync(parent, { recursive: true });
  const dir = mkdtempSync(join(parent, "sqlite-child-"));
  // Also for processes of other users.
  chmodSync(dir, 0o755);
  const bundle = join(dir, "child.mjs");
  await build({
    entryPoints: [here("child-program.ts")],
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    outfile: bundle,
    logLevel: "error",
    alias: { "@pm/core": here("../../../core/src/index.ts") },
    external: ["@photostructure/sqlite"],
    banner: {
      js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
    },
  });
  return {
    start(errand, path, { wrapper = [], uid } = {}) {
      const [program = process.execPath, ...args] = [...wrapper, process.execPath, bundle, errand, path];
      const options: SpawnOptions = {
        env: { PATH: process.env.PATH },
        stdio: ["ignore", "pipe", "inherit"],
        ...(uid === undefined ? {} : { uid, gid: uid }),
      };
      const child = spawn(program, args, options);
      return { process: child, said: lines(child) };
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

function lines(child: ChildProcess): Promise<ChildLine[]> {
  let text = "";
  child.stdout?.on("data", (chunk) => {
    text += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    // What was killed may have ended in the middle of a line.
    child.once("close", () => {
      const whole = text.slice(0, text.lastIndexOf("\n") + 1).split("\n");
      resolve(whole.filter((line) => line !== "").map((line) => JSON.parse(line)));
    });
  });
}
