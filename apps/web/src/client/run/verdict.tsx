import { useQuery } from "@tanstack/react-query";
import "./verdict.css";
import { queries } from "../api/queries.ts";
import type { TaskDetail, TaskState, TaskView } from "../api/types.ts";
import { useLastLine } from "../events/last-lines.ts";
import { StateBadge } from "../ui/badge.tsx";
import { CommandLine } from "../ui/command-line.tsx";
import { ago, cost, duration } from "../ui/format.ts";
import { useNow } from "../ui/now.ts";
import { visibleText } from "../ui/visible-text.ts";
import { workedMs } from "./phase-times.ts";

const WAITS: Readonly<Partial<Record<TaskState, string>>> = {
  QUEUED: "It waits for a worker of the project, or for the tasks before it in its group.",
  RUNNING: "It is at work.",
  COMPLETE: "Every requirement is proven.",
};

function figures(task: TaskDetail, view: TaskView | undefined, now: number): [string, string][] {
  const provider = view?.provider ?? task.provider;
  const model = view?.model ?? task.model;
  return [
    ...(view ? ([["Worked", duration(workedMs(view.phases, now))]] as [string, string][]) : []),
    ...(view ? ([["Cost", taskCost(view)]] as [string, string][]) : []),
    ...(view && view.attempt > 1 ? ([["Attempt", String(view.attempt)]] as [string, string][]) : []),
    ...(provider ? ([["Provider", model ? `${provider}, ${model}` : provider]] as [string, string][]) : []),
    ...(view?.isolation ? ([["Isolation", view.isolation]] as [string, string][]) : []),
    ["Submitted", ago(task.submitted_at, now)],
  ];
}

function taskCost({ cost_usd, usage, budget_usd }: TaskView): string {
  const more = cost_usd !== null && usage.unpriced_runs > 0 ? " and more" : "";
  return `${cost(cost_usd)}${more}${budget_usd === null ? "" : ` of ${cost(budget_usd)}`}`;
}

interface VerdictProps {
  readonly task: TaskDetail;
  /** In one line: the part of the task below needs the room. */
  readonly brief: boolean;
}

/** Where a task stands, why, and what to do next: what one reads first, and often all one needs. */
export function Verdict({ task, brief }: VerdictProps) {
  const running = task.status === "RUNNING";
  const now = useNow(running ? 1000 : 30_000);
  const view = useQuery({ ...queries.view(task.task_id), enabled: task.session_id !== null }).data;
  const line = useLastLine(task.task_id);
  const said = task.outcome ? visibleText(task.outcome.message) : WAITS[task.status];
  if (brief) {
    return (
      <section aria-label="Where it stands" className="verdict-brief">
        <StateBadge state={task.status} />
        {task.outcome?.code ? <code className="verdict-code">{task.outcome.code}</code> : null}
        <span className="ellipsis">{running ? (line ?? said) : said}</span>
      </section>
    );
  }
  return (
    <section aria-label="Where it stands" className="card verdict">
      <div className="verdict-head">
        <StateBadge state={task.status} />
        {task.outcome?.code ? <code className="verdict-code">{task.outcome.code}</code> : null}
        {task.cancel_requested && running ? <span className="muted">being cancelled</span> : null}
        {view?.landed ? <span className="muted">landed in the project</span> : null}
      </div>
      {running ? (
        <p className="last-line ellipsis">{line ?? said}</p>
      ) : (
        <p className="verdict-words">{said}</p>
      )}
      {task.outcome?.next_action ? (
        <div className="verdict-next">
          <span className="muted small">Next</span>
          <CommandLine command={task.outcome.next_action} />
        </div>
      ) : null}
      <dl className="figures">
        {figures(task, view, now).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="num">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
