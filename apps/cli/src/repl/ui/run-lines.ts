import { liveLines } from "../../progress/live-lines.ts";
import { clockTime } from "../../render/duration.ts";
import { fit, widthOf } from "../../render/fit.ts";
import type { Painter } from "../../render/painter.ts";
import type { ReplView, RunningTask } from "../controller/repl-controller.ts";

const SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
const LOG_LINES = 3;
/** With less room for it, what happens is left out for how to stop it. */
const LEAST_ACTIVITY = 6;

/** How the lines about what runs are drawn. */
export interface RunStyle {
  readonly columns: number;
  /** Milliseconds of the monotonic clock. */
  readonly now: number;
  readonly paint: Painter;
}

/** @returns the task that is shown: what runs here comes first. */
export function shownTask({ running }: ReplView): RunningTask | undefined {
  return running.find(({ here }) => here) ?? running[0];
}

/** @returns the strip of phases; nothing where they are not known. */
export function stripLines(task: RunningTask, { columns, now, paint }: RunStyle): string[] {
  return task.progress === null ? [] : liveLines(task.progress, now, columns, paint).slice(0, 1);
}

/** @returns the line that says what happens now; never wider than the terminal. */
export function activityLine(task: RunningTask, { columns, now, paint }: RunStyle): string {
  const elapsed = Math.max(0, now - task.since);
  const spinner = SPINNER[Math.floor(elapsed / 1000) % SPINNER.length] ?? "";
  const tail = [clockTime(elapsed), task.here ? "Esc interrupts" : "runs elsewhere"].join(" · ");
  const happens = oneLine(task.progress?.activity || task.prompt);
  const room = columns - 1 - widthOf(tail) - 5;
  if (room < LEAST_ACTIVITY) return fit(`${spinner} ${tail}`, columns - 1);
  return `${spinner} ${fit(happens, room)} ${paint.dim(`· ${tail}`)}`;
}

/** @returns the newest log lines. */
export function logLines(task: RunningTask, { columns, paint }: RunStyle): string[] {
  return task.lastLines.slice(-LOG_LINES).map((line) => paint.dim(fit(`  ${oneLine(line)}`, columns - 1)));
}

/** @returns what waits, and what else runs; nothing where there is neither. */
export function waitingLines(view: ReplView, { columns, paint }: RunStyle): string[] {
  const others = view.running.length - 1;
  const parts = others > 0 ? [`${others} more ${others === 1 ? "runs" : "run"}`] : [];
  const queued = view.waiting.filter(({ state }) => state === "QUEUED");
  const held = view.waiting.length - queued.length;
  if (queued.length > 0) {
    const more = view.running.length > 0 ? " more" : "";
    parts.push(`${queued.length}${more} ${queued.length === 1 ? "waits" : "wait"}`);
  }
  if (held > 0) parts.push(`${held} ${held === 1 ? "needs" : "need"} you: /approve`);
  if (parts.length === 0) return [];
  const next = queued[0] === undefined ? "" : ` (next: ${oneLine(queued[0].summary)})`;
  return [paint.dim(fit(`${parts.join(" · ")}${next}`, columns - 1))];
}

const oneLine = (text: string) => text.replace(/\s+/gu, " ").trim();
