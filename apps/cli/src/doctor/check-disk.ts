import { statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { pmHome } from "@pm/core";
import type { DoctorCheck } from "./doctor-check.ts";

const GIB = 1024 ** 3;
/** Below this a checkout of a middling project with its evidence does not fit. */
const NEEDED_BYTES = GIB / 4;
const COMFORTABLE_BYTES = 2 * GIB;

/** Workspaces lie in the temporary folder, evidence in the project. */
export async function checkDisk(
  env: Readonly<Record<string, string | undefined>>,
  project: string,
): Promise<DoctorCheck> {
  const places = await Promise.all([project, tmpdir(), pmHome(env)].map(freeAt));
  const least = places.reduce((a, b) => (b.free < a.free ? b : a));
  const detail = `${(least.free / GIB).toFixed(1)} GiB free at ${least.path}`;
  if (least.free >= COMFORTABLE_BYTES) return { name: "disk", outcome: "ok", detail, fix: null };
  const fix = `free some space on the device of ${least.path}`;
  return { name: "disk", outcome: least.free < NEEDED_BYTES ? "fail" : "warn", detail, fix };
}

async function freeAt(path: string): Promise<{ readonly path: string; readonly free: number }> {
  try {
    const { bavail, bsize } = await statfs(path);
    return { path, free: bavail * bsize };
  } catch (error) {
    // A folder that is yet to be made will be on its parent's device.
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || dirname(path) === path) throw error;
    return freeAt(dirname(path));
  }
}
