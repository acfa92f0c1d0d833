import { execFile } from "node:child_process";
import { cp, mkdtemp, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const app = fileURLToPath(new URL("..", import.meta.url));
const tsup = fileURLToPath(new URL("../../../node_modules/.bin/tsup", import.meta.url));

export interface BuiltCli {
  readonly dir: string;
  readonly launcher: string;
  remove(): Promise<void>;
}

/** Builds the package from the sources as they are into a folder of its own: other tests may use `dist` meanwhile. */
export async function buildCli(): Promise<BuiltCli> {
  const dir = await realpath(await mkdtemp(join(tmpdir(), "pm-cli-built-")));
  await run(tsup, ["--out-dir", join(dir, "dist")], { cwd: app });
  for (const part of ["bin", "package.json"]) await cp(join(app, part), join(dir, part), { recursive: true });
  // The one dependency that is not bundled.
  await symlink(join(app, "node_modules"), join(dir, "node_modules"));
  return { dir, launcher: join(dir, "bin/pm.js"), remove: () => rm(dir, { recursive: true, force: true }) };
}
