import { findProjectProblems } from "@pm/core";
import type { DoctorCheck } from "./doctor-check.ts";

export async function checkProject(project: string): Promise<DoctorCheck> {
  const [first, ...others] = await findProjectProblems(project);
  const name = "project";
  if (first === undefined) return { name, outcome: "ok", detail: `${project} is valid`, fix: null };
  const more = others.length === 0 ? "" : ` (and ${others.length} more: pm validate)`;
  const detail = `${first.code} ${first.message.replace(/\.$/, "")}${more}`;
  // No project here says nothing about the machine: people run doctor before they have one.
  const outcome = first.code === "E105" ? "warn" : "fail";
  return { name, outcome, detail, fix: first.hint };
}
