/** The project of the demo: a copy of examples/slug-library under git, in a temporary folder, and the `pm` to run on it. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cleanEnvironment, runQuiet } from "./run.mjs";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** @param recording a file of the replay provider; its first task is the demo's. */
export function prepareDemo(recording = join(root, "examples", "recordings", "slug-library.json")) {
  const [{ prompt }] = JSON.parse(readFileSync(recording, "utf8")).tasks;
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "pm-demo-")));
  const project = join(folder, "slug-library");
  const env = cleanEnvironment({ PM_HOME: join(folder, "home") });
  const git = (...args) => {
    const ours = ["-c", "user.name=Demo", "-c", "user.email=demo@localhost", "-c", "commit.gpgsign=false"];
    const { code, output, stdout } = runQuiet("git", [...ours, "-c", "core.hooksPath=/dev/null", ...args], {
      cwd: project,
      env,
    });
    if (code !== 0) throw new Error(`git ${args[0]} failed: ${output}`);
    return stdout;
  };
  mkdirSync(env.PM_HOME);
  cpSync(join(root, "examples", "slug-library"), project, { recursive: true });
  git("init", "-q");
  git("add", "-A");
  git("commit", "-q", "-m", "slug-library 1.4.0");
  const pm = [process.execPath, join(root, "apps", "cli", "bin", "pm.js")];
  return { prompt, recording, folder, project, env, git, pm };
}
