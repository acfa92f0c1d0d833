import { realpath } from "node:fs/promises";
import { findProjectProblems, initProject, loadSettings } from "@pm/core";
import type { InitReport, ProjectReport } from "./services.ts";

export async function validate(project: string): Promise<ProjectReport> {
  const problems = await findProjectProblems(project);
  return { project: await realpath(project).catch(() => project), problems };
}

export async function init(project: string): Promise<InitReport> {
  const { root, created, kept } = await initProject(project);
  return { project: root, created, kept };
}

export async function executors(project: string): Promise<number> {
  const { settings } = await loadSettings(project);
  return settings.parallel_limits.executors;
}
