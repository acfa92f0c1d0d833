import type { Task } from "../api/types.ts";
import { Link } from "../router/link.tsx";
import { taskPath } from "../router/match-route.ts";
import { ago } from "../ui/format.ts";
import { StateMark } from "../ui/state-mark.tsx";
import { visibleText } from "../ui/visible-text.ts";

/** A task that waits for a person: what is asked, and the way to the answer. */
export function NeedsYouCard({ task, now }: { readonly task: Task; readonly now: number }) {
  const id = task.task_id;
  return (
    <li className="card task-card needs-you" data-row>
      <div className="task-card-head">
        <StateMark of="AWAITING_APPROVAL" />
        <Link className="task-card-title" href={taskPath(id)}>
          {visibleText(task.summary)}
        </Link>
      </div>
      {task.outcome ? (
        <p className="needs-you-why">
          {task.outcome.code ? <code>{task.outcome.code}</code> : null}
          <span>{visibleText(task.outcome.message)}</span>
        </p>
      ) : null}
      <p className="task-card-meta">
        <span>{id}</span>
        <time dateTime={task.updated_at}>asked {ago(task.updated_at, now)}</time>
      </p>
      <div className="card-actions">
        <Link className="button button-primary" href={`${taskPath(id, "evidence")}#approve`}>
          Look and approve<span className="sr-only"> {id}</span>
        </Link>
        <Link className="button" href={taskPath(id, "changes")}>
          Changes<span className="sr-only"> of {id}</span>
        </Link>
      </div>
    </li>
  );
}
