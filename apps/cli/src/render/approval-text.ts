import { type ApprovalView, stripControl, stripToLine } from "@pm/core";
import type { Painter } from "./painter.ts";

const EFFECT: Readonly<Record<ApprovalView["effect"], string>> = {
  accept: "Approving takes the result as it is: the violations below are waived, and the change lands.",
  rerun: "Approving lets the agents run again, with the violations below as their input.",
  resume: "Approving lets the work that was interrupted run again.",
};

/** The whole of what an approval would cover: nothing is cut, since what is not shown can't be decided. */
export function approvalText(view: ApprovalView, paint: Painter): string {
  const lines = [
    `${paint.bold(`Approval for ${view.sessionId}, ${view.taskId}`)}`,
    EFFECT[view.effect],
    ...view.violations.flatMap(({ code, gate, message, paths }) => [
      `  ${paint.red(code)} ${gate}: ${stripControl(message).trim().split("\n").join("\n    ")}`,
      ...paths.map((path) => `    ${stripToLine(path)}`),
    ]),
  ];
  if (view.files.length > 0) lines.push(paint.bold(`Files of the result (${view.files.length})`));
  for (const { path, added, deleted } of view.files) {
    const count = added === null || deleted === null ? "binary" : `+${added} −${deleted}`;
    lines.push(`  ${stripToLine(path)}  ${paint.dim(count)}`);
  }
  lines.push(paint.dim(`digest ${view.digest}`));
  return `${lines.join("\n")}\n`;
}
