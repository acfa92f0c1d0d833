import { loadSettings, probeBubblewrap, requireGit } from "@pm/core";
import type { DoctorCheck } from "./doctor-check.ts";

/** The launcher has refused what is too old already; this says what was found. */
export async function checkNode(): Promise<DoctorCheck> {
  return { name: "node", outcome: "ok", detail: `Node ${process.versions.node}`, fix: null };
}

export async function checkGit(project: string): Promise<DoctorCheck> {
  return { name: "git", outcome: "ok", detail: await requireGit(project), fix: null };
}

/** Without a sandbox `pm` still runs, on process isolation, unless the project requires one. */
export async function checkSandbox(project: string): Promise<DoctorCheck> {
  const probe = await probeBubblewrap(project);
  if (probe.works)
    return { name: "sandbox", outcome: "ok", detail: `bubblewrap works (${probe.bwrap})`, fix: null };
  const settings = await loadSettings(project).then(
    (loaded) => loaded.settings,
    () => null,
  );
  const needed = settings?.require_sandbox === true || settings?.isolation === "sandbox";
  const detail = `${probe.reason}; agents would run as plain processes`;
  return { name: "sandbox", outcome: needed ? "fail" : "warn", detail, fix: probe.fix };
}
