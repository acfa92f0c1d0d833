import { PHASES, type Phase } from "@pm/core";
import { clockTime } from "../render/duration.ts";
import { fit, widthOf } from "../render/fit.ts";
import type { Painter } from "../render/painter.ts";
import type { PhaseMark, ProgressState } from "./progress-state.ts";

const SHORT: Readonly<Record<Phase, string>> = {
  REQUIREMENT_ANALYSIS: "REQ",
  TASK_DECOMPOSITION: "DECO",
  PLANNING: "PLAN",
  EXECUTION: "EXEC",
  QA: "QA",
  COMPLETION_VALIDATION: "VALID",
  REPORT: "REPORT",
};
const SIGN: Readonly<Record<PhaseMark, string>> = {
  waiting: "○",
  running: "●",
  passed: "✓",
  failed: "✗",
  skipped: "–",
};
/** Below this the strip of phases gives way to `3/7 PLAN`. */
const STRIP_COLUMNS = 60;

/**
 * The live region: the phase line and, where something is to tell, the activity line. Pure.
 * No line is wider than `columns` − 3: a terminal may wrap already when the last column is filled, and it puts the `^C`
 * of a person behind the last line.
 */
export function liveLines(state: ProgressState, now: number, columns: number, paint: Painter): string[] {
  const width = Math.max(1, columns - 3);
  const lines = [phaseLine(state, now, width, paint)];
  const activity = state.activity || state.task?.prompt || "";
  if (activity !== "") lines.push(paint.dim(fit(`  ${activity}`, width)));
  return lines;
}

/** The phase line of a task that ended, to stay in the scrollback. Pure. */
export function endedLine(state: ProgressState, columns: number, paint: Painter): string {
  return phaseLine(state, 0, Math.max(1, columns - 3), paint);
}

function phaseLine(state: ProgressState, now: number, width: number, paint: Painter): string {
  const elapsed = state.running === null ? "" : ` ${clockTime(now - state.running.since)}`;
  if (width < STRIP_COLUMNS - 3) {
    // Between two phases: the one that was over last.
    const shown = state.running?.phase ?? PHASES.findLast((phase) => state.phases[phase] !== "waiting");
    if (shown === undefined) return fit("…", width);
    const mark = state.phases[shown] === "running" ? "" : `${SIGN[state.phases[shown]]} `;
    return fit(`${mark}${PHASES.indexOf(shown) + 1}/7 ${SHORT[shown]}${elapsed}`, width);
  }
  const head =
    state.submitted.length > 1 && state.task !== null
      ? `${state.task.number}/${state.submitted.length} `
      : "";
  const cells = PHASES.map((phase) => {
    const mark = state.phases[phase];
    return { mark, text: `${SIGN[mark]} ${SHORT[phase]}${mark === "running" ? elapsed : ""}` };
  });
  const plain = head + cells.map((cell) => cell.text).join(" ");
  if (widthOf(plain) > width) return fit(plain, width);
  return head + cells.map((cell) => painted(cell.mark, cell.text, paint)).join(" ");
}

function painted(mark: PhaseMark, text: string, paint: Painter): string {
  switch (mark) {
    case "passed":
      return paint.green(text);
    case "failed":
      return paint.red(text);
    case "running":
      return paint.bold(text);
    case "waiting":
    case "skipped":
      return paint.dim(text);
    default:
      return mark satisfies never;
  }
}
