import { useQuery } from "@tanstack/react-query";
import { queries } from "../api/queries.ts";
import type { Task } from "../api/types.ts";
import { useLastLine } from "../events/last-lines.ts";
import { Link } from "../router/link.tsx";
import { taskPath } from "../router/match-route.ts";
import { PhaseStrip } from "../run/phase-strip.tsx";
import { duration } from "../ui/format.ts";
import { StateMark } from "../ui/state-mark.tsx";
import { visibleText } from "../ui/visible-text.ts";

/** A task at work: how far it is, for how long, and what it did last. */
export function RunningCard({ task, now }: { readonly task: Task; readonly now: number }) {
  const view = useQuery({ ...queries.view(task.task_id), enabled: task.session_id !== null });
  const line = useLastLine(task.task_id);
  const since = task.worker?.claimed_at ?? task.updated_at;
  return (
    <li className="card task-card" data-row>
      <div className="task-card-head">
        <StateMark of="RUNNING" />
        <Link className="task-card-title" href={taskPath(task.task_id)}>
          {visibleText(task.summary)}
        </Link>
        <time className="row-when">{duration(now - Date.parse(since))}</time>
      </div>
      <PhaseStrip now={now} phases={view.data?.phases ?? []} />
      <p className="last-line ellipsis">{line ?? (task.cancel_requested ? "Being cancelled" : " ")}</p>
      <p className="task-card-meta">
        <span>{task.task_id}</span>
        {task.worker ? <span className="ellipsis">{task.worker.worker_id}</span> : null}
      </p>
    </li>
  );
}
