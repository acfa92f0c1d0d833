import { type EngineEvent, type Phase, stripToLine } from "@pm/core";
import { tookTime } from "../render/duration.ts";
import { fit } from "../render/fit.ts";
import type { ProgressState } from "./progress-state.ts";

/** A prompt may be pages long; the result and the log have all of it. */
const PROMPT_COLUMNS = 200;

/**
 * Lines about what is over, printed once: `before` and `after` are the states around `event`. Pure.
 * `everyPhase` adds a line for each phase, for where there is no live strip that shows them.
 */
export function finishedLines(
  before: ProgressState,
  after: ProgressState,
  event: EngineEvent,
  now: number,
  everyPhase: boolean,
): string[] {
  if (event.kind === "notice") return [stripToLine(event.message)];
  if (event.kind === "activity") {
    return event.activity.kind === "retry" ? [`  ${after.activity}`] : [];
  }
  const fact = event.event;
  const lines: string[] = [];
  if (fact.type === "session.opened") lines.push(`${fact.session_id} · ${after.provider}`);
  if (fact.type === "session.attached") lines.push(`isolation: ${fact.isolation}`);
  if (after.task !== null && after.task.id !== before.task?.id) {
    const of = after.submitted.length > 1 ? ` of ${after.submitted.length}` : "";
    const prompt = after.task.prompt === "" ? "" : `: ${fit(after.task.prompt, PROMPT_COLUMNS)}`;
    lines.push(`Task ${after.task.number}${of}${prompt}`);
  }
  if (everyPhase) {
    if (fact.type === "phase.started") {
      lines.push(`  ${fact.phase} started${fact.attempt > 1 ? ` (attempt ${fact.attempt})` : ""}`);
    }
    if (fact.type === "phase.passed") lines.push(`  ${fact.phase} passed${took(before, fact.phase, now)}`);
    if (fact.type === "phase.skipped") lines.push(`  ${fact.phase} skipped: ${stripToLine(fact.reason)}`);
  }
  if (fact.type === "phase.failed") {
    const codes = [...new Set(fact.violations.map((violation) => violation.code))].join(", ");
    lines.push(`  ${fact.phase} failed${took(before, fact.phase, now)}${codes === "" ? "" : `: ${codes}`}`);
  }
  if (fact.type === "task.ended") {
    const time = after.task === null ? "" : ` after ${tookTime(now - after.task.startedAt)}`;
    lines.push(`${fact.status}${time}`);
  }
  return lines;
}

function took(before: ProgressState, phase: Phase, now: number): string {
  return before.running?.phase === phase ? ` (${tookTime(now - before.running.since)})` : "";
}
