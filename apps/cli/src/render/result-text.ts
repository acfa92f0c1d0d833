import {
  describeCost,
  type ExecutionResult,
  NO_TASK_USAGE,
  type Status,
  stripControl,
  stripToLine,
  sumUsage,
  type TaskResult,
} from "@pm/core";
import type { Painter } from "./painter.ts";

const MEANING: Readonly<Record<Status, string>> = {
  COMPLETE: "Every gate passed on evidence that pm itself produced.",
  INCOMPLETE: "Not proven yet: a person has to decide something, or it was interrupted.",
  NO_EVIDENCE: "Nothing proves the task: required evidence is missing.",
  ERROR: "An executor or the machine failed; nothing was taken from it.",
  INVALID: "The session or its evidence can't be trusted.",
};

const SHOWN_FILES = 20;

export function paintStatus(status: Status, paint: Painter): string {
  const colour = { COMPLETE: paint.green, INCOMPLETE: paint.yellow, NO_EVIDENCE: paint.yellow };
  return paint.bold(((colour as Partial<Record<Status, Painter["red"]>>)[status] ?? paint.red)(status));
}

/** An ExecutionResult as a person reads it; agent and repository text in it is made harmless. */
export function resultText(result: ExecutionResult, paint: Painter): string {
  const status = result.overall_status;
  const empty = result.tasks.length === 0;
  const meaning =
    empty && status === "INCOMPLETE" ? "The session is open and has no task yet." : MEANING[status];
  const parts = [`${paintStatus(status, paint)}  ${result.session_id}\n${meaning}`];
  for (const [index, task] of result.tasks.entries()) parts.push(taskText(task, index, paint));
  if (result.violations.length > 0) parts.push(violationsText(result, paint));
  const rows = [`${paint.bold("Evidence")}   ${stripToLine(result.evidence_path)}`];
  const levels = [...new Set(result.tasks.flatMap((task) => task.isolation ?? []))];
  if (levels.length > 0) rows.push(`${paint.bold("Isolation")}  ${levels.join(", ")}`);
  const cost = describeCost(result.tasks.map(({ usage }) => usage).reduce(sumUsage, NO_TASK_USAGE));
  if (result.tasks.length > 1 && cost !== null) rows.push(`${paint.bold("Cost")}       ${cost}`);
  if (result.next_action !== null)
    rows.push(`${paint.bold("Next")}       ${stripToLine(result.next_action)}`);
  parts.push(rows.join("\n"));
  return `${parts.join("\n\n")}\n`;
}

function taskText(task: TaskResult, index: number, paint: Painter): string {
  const phase = task.phase === null ? "" : ` in ${task.phase}`;
  const cost = describeCost(task.usage);
  const state = `${paintStatus(task.status, paint)}${phase}${cost === null ? "" : `  ${cost}`}`;
  const head = `${paint.bold(`Task ${index + 1}`)}  ${task.task_id}  ${state}`;
  const prompt = stripToLine(task.prompt);
  const lines = [head, `  ${[...prompt].length > 200 ? `${[...prompt].slice(0, 199).join("")}…` : prompt}`];
  if (task.files_changed.length > 0) {
    const where = task.landed ? "in your working tree" : "not in your working tree";
    lines.push(
      `  ${task.files_changed.length} ${task.files_changed.length === 1 ? "file" : "files"} changed, ${where}:`,
    );
    lines.push(...task.files_changed.slice(0, SHOWN_FILES).map((path) => `    ${stripToLine(path)}`));
    const more = task.files_changed.length - SHOWN_FILES;
    if (more > 0) lines.push(`    and ${more} more`);
  }
  return lines.join("\n");
}

function violationsText(result: ExecutionResult, paint: Painter): string {
  const several = result.tasks.length > 1;
  const lines = [paint.bold("Why not COMPLETE")];
  for (const violation of result.violations) {
    const where = several && violation.task_id !== null ? ` (${violation.task_id})` : "";
    lines.push(`  ${paint.red(violation.code)} ${violation.gate}${where}: ${indented(violation.message)}`);
    lines.push(`       Fix: ${indented(violation.hint)}`);
  }
  return lines.join("\n");
}

function indented(text: string): string {
  return stripControl(text).trim().split("\n").join("\n       ");
}
