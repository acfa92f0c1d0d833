import { isRunnerError, type RunnerError } from "@pm/core";
import { checkDisk } from "./check-disk.ts";
import { checkHome } from "./check-home.ts";
import { checkGit, checkNode, checkSandbox } from "./check-machine.ts";
import { checkProject } from "./check-project.ts";
import { checkClaudeCode, checkProviders } from "./check-providers.ts";
import { checkQueue } from "./check-queue.ts";
import { checkWeb } from "./check-web.ts";
import type { DoctorCheck } from "./doctor-check.ts";

/** Looks at everything that a run needs; what a check stumbles over is its finding. */
export async function examine(
  env: Readonly<Record<string, string | undefined>>,
  project: string,
  namespace: string,
): Promise<readonly DoctorCheck[]> {
  const checks: readonly (readonly [string, () => Promise<DoctorCheck>])[] = [
    ["node", checkNode],
    ["git", () => checkGit(project)],
    ["sandbox", () => checkSandbox(project)],
    ["agent", () => checkClaudeCode(env, project, (error) => failedCheck("agent", error))],
    ["home", () => checkHome(env, project)],
    ["queue", () => checkQueue(env, namespace)],
    ["web", () => checkWeb(env, namespace)],
    ["project", () => checkProject(project)],
    ["disk", () => checkDisk(env, project)],
  ];
  const [found, providers] = await Promise.all([
    Promise.all(checks.map(([name, check]) => check().catch((error: unknown) => failedCheck(name, error)))),
    checkProviders(env, project),
  ]);
  const after = found.findIndex(({ name }) => name === "agent") + 1;
  return [...found.slice(0, after), ...providers, ...found.slice(after)];
}

/** @returns a finding that says what an error says. */
function failedCheck(name: string, error: unknown): DoctorCheck {
  if (isRunnerError(error)) return ofError(name, error);
  const detail = error instanceof Error ? error.message : String(error);
  return { name, outcome: "fail", detail, fix: "report this with what PM_DEBUG=1 prints" };
}

function ofError(name: string, error: RunnerError): DoctorCheck {
  return {
    name,
    outcome: "fail",
    detail: `${error.code} ${error.message.replace(/\.$/, "")}`,
    fix: error.hint,
  };
}
