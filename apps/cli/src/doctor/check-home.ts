import { access, constants, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { assertHomeApart, loadUserConfig, pmHome, RunnerError } from "@pm/core";
import type { DoctorCheck } from "./doctor-check.ts";

/** The home folder holds keys and the index of sessions: it must be ours, writable, and nobody else's. */
export async function checkHome(
  env: Readonly<Record<string, string | undefined>>,
  project: string,
): Promise<DoctorCheck> {
  const home = pmHome(env);
  assertHomeApart(home, project);
  const found = await stat(home).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw new RunnerError("E103", { path: home, reason: error.message }, error);
  });
  const name = "home";
  if (found === null) {
    await assertWritable(await nearestFolder(home));
    return { name, outcome: "ok", detail: `${home} (made by the first session)`, fix: null };
  }
  if (!found.isDirectory()) throw new RunnerError("E102", { path: home });
  if (found.uid !== (process.getuid?.() ?? found.uid)) {
    const fix = "set PM_HOME to a folder of your own";
    return { name, outcome: "fail", detail: `${home} belongs to another user`, fix };
  }
  await assertWritable(home);
  await loadUserConfig(home);
  if ((found.mode & 0o077) !== 0) {
    const fix = `Run: chmod 700 ${home}`;
    return { name, outcome: "fail", detail: `other users can get into ${home}`, fix };
  }
  return { name, outcome: "ok", detail: home, fix: null };
}

async function assertWritable(path: string): Promise<void> {
  await access(path, constants.W_OK | constants.X_OK).catch((error: NodeJS.ErrnoException) => {
    throw new RunnerError("E104", { path, reason: error.message }, error);
  });
}

async function nearestFolder(path: string): Promise<string> {
  const parent = dirname(path);
  const there = await stat(parent).then(
    () => true,
    () => false,
  );
  return there || parent === path ? parent : nearestFolder(parent);
}
