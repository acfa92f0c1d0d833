import type { AgentActivity, EngineEvent, JournalEvent, Phase, Status } from "@pm/core";
import { PHASES, stripToLine } from "@pm/core";

export type PhaseMark = "waiting" | "running" | "passed" | "failed" | "skipped";

/** What a person sees of a run, folded from its events. Times are milliseconds of a monotonic clock. */
export interface ProgressState {
  readonly sessionId: string | null;
  readonly provider: string | null;
  readonly isolation: "sandbox" | "process" | null;
  readonly task: {
    readonly id: string;
    readonly number: number;
    readonly prompt: string;
    readonly startedAt: number;
  } | null;
  readonly phases: Readonly<Record<Phase, PhaseMark>>;
  readonly running: { readonly phase: Phase; readonly since: number } | null;
  /** What the agent or `pm` does at this moment; one harmless line, may be empty. */
  readonly activity: string;
  readonly submitted: readonly { readonly id: string; readonly prompt: string }[];
  readonly ended: { readonly taskId: string; readonly status: Status } | null;
}

const NOTHING_DONE = Object.fromEntries(PHASES.map((phase) => [phase, "waiting"])) as Record<
  Phase,
  PhaseMark
>;

export const INITIAL_PROGRESS: ProgressState = {
  sessionId: null,
  provider: null,
  isolation: null,
  task: null,
  phases: NOTHING_DONE,
  running: null,
  activity: "",
  submitted: [],
  ended: null,
};

/** Pure: the state after `event`, which was seen at `now`. */
export function advance(state: ProgressState, event: EngineEvent, now: number): ProgressState {
  switch (event.kind) {
    case "activity":
      return { ...state, activity: activityLine(event.activity) };
    case "notice":
      return state;
    case "journal":
      return afterJournal(state, event.event, now);
    default:
      return event satisfies never;
  }
}

export function activityLine(activity: AgentActivity): string {
  switch (activity.kind) {
    case "tool":
      return stripToLine(`${activity.name} ${activity.detail}`);
    case "text":
      return stripToLine(activity.text);
    case "retry":
      return stripToLine(`trying again: ${activity.reason}`);
    default:
      return activity satisfies never;
  }
}

function afterJournal(state: ProgressState, event: JournalEvent, now: number): ProgressState {
  switch (event.type) {
    case "session.opened":
      return {
        ...state,
        sessionId: event.session_id,
        provider: event.model === null ? event.provider : `${event.provider} (${stripToLine(event.model)})`,
      };
    case "session.attached":
      return { ...state, isolation: event.isolation };
    case "task.submitted":
      return {
        ...state,
        submitted: [...state.submitted, { id: event.task_id, prompt: stripToLine(event.prompt) }],
      };
    case "snapshot.taken":
      return { ...onTask(state, event.task_id, now), activity: `snapshot of ${event.files} files` };
    case "phase.started": {
      const at = onTask(state, event.task_id, now);
      return {
        ...at,
        phases: startedAt(at.phases, event.phase),
        running: { phase: event.phase, since: now },
        activity: "",
      };
    }
    case "phase.passed":
      return marked(state, event.phase, "passed");
    case "phase.failed":
      return marked(state, event.phase, "failed");
    case "phase.skipped":
      return marked(onTask(state, event.task_id, now), event.phase, "skipped");
    case "command.ran":
      return {
        ...state,
        activity: stripToLine(`${event.argv.join(" ")}: ${outcome(event)} on the ${event.on}`),
      };
    case "landing.started":
      return { ...state, activity: `landing ${event.paths} files` };
    case "task.ended":
      return {
        ...state,
        phases: { ...state.phases, REPORT: "passed" },
        running: null,
        activity: "",
        ended: { taskId: event.task_id, status: event.status },
      };
    default:
      return state;
  }
}

function outcome(event: { exit_code: number | null; termination: string }): string {
  return event.termination === "exited" ? `exit ${event.exit_code ?? "by a signal"}` : event.termination;
}

/** The first event of another task starts its row of phases anew. */
function onTask(state: ProgressState, id: string, now: number): ProgressState {
  if (state.task?.id === id) return state;
  const index = state.submitted.findIndex((task) => task.id === id);
  const prompt = state.submitted[index]?.prompt ?? "";
  const number = index < 0 ? (state.task?.number ?? 0) + 1 : index + 1;
  return {
    ...state,
    task: { id, number, prompt, startedAt: now },
    phases: NOTHING_DONE,
    running: null,
    ended: null,
  };
}

/** Phases run in order: what comes before a started phase was passed earlier, what comes after it is to be done (again). */
function startedAt(phases: Readonly<Record<Phase, PhaseMark>>, started: Phase): Record<Phase, PhaseMark> {
  const position = PHASES.indexOf(started);
  const mark = (phase: Phase, index: number): PhaseMark => {
    if (index === position) return "running";
    if (index > position) return "waiting";
    return phases[phase] === "waiting" ? "passed" : phases[phase];
  };
  return Object.fromEntries(PHASES.map((phase, index) => [phase, mark(phase, index)])) as Record<
    Phase,
    PhaseMark
  >;
}

function marked(state: ProgressState, phase: Phase, mark: PhaseMark): ProgressState {
  return { ...state, phases: { ...state.phases, [phase]: mark }, running: null, activity: "" };
}
