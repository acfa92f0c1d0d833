import { composeProvider } from "../compose.ts";
import type { DoctorCheck } from "./doctor-check.ts";

export async function checkAgent(
  env: Readonly<Record<string, string | undefined>>,
  project: string,
): Promise<DoctorCheck> {
  const { version, login } = await composeProvider(env, "claude-code", project).check();
  return { name: "agent", outcome: "ok", detail: `${version}, login: ${login}`, fix: null };
}
