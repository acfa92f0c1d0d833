import type { DoctorCheck } from "./doctor-check.ts";

/** Looks at everything that a run needs. */
export async function examine(
  _env: Readonly<Record<string, string | undefined>>,
  _project: string,
): Promise<readonly DoctorCheck[]> {
  return [{ name: "node", outcome: "ok", detail: process.versions.node, fix: null }];
}
