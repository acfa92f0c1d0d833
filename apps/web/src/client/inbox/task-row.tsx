import type { Task } from "../api/types.ts";
import { Link } from "../router/link.tsx";
import { taskPath } from "../router/match-route.ts";
import { ago } from "../ui/format.ts";
import { StateMark } from "../ui/state-mark.tsx";
import { STATE_LOOK } from "../ui/states.ts";
import { visibleText } from "../ui/visible-text.ts";

interface TaskRowProps {
  readonly task: Task;
  readonly now: number;
  /** Which of its times is of interest. */
  readonly at: string;
}

function noteOf({ status, outcome, cancel_requested }: Task): string {
  if (cancel_requested && status !== "CANCELLED") return " · being cancelled";
  if (outcome === null || status === "COMPLETE" || status === "CANCELLED") return "";
  return ` · ${visibleText([outcome.code, outcome.message].filter(Boolean).join(" "))}`;
}

/** One line of a list: state, what it was about, and when. */
export function TaskRow({ task, now, at }: TaskRowProps) {
  return (
    <li>
      <Link className="row" data-row href={taskPath(task.task_id)}>
        <StateMark of={task.status} />
        <span className="row-main">
          <span className="row-title ellipsis">{visibleText(task.summary)}</span>
          <span className="row-note ellipsis">
            <span className={`tone-${STATE_LOOK[task.status].tone}`}>{STATE_LOOK[task.status].word}</span>
            {" · "}
            {task.task_id}
            {noteOf(task)}
          </span>
        </span>
        <time className="row-when" dateTime={at}>
          {ago(at, now)}
        </time>
      </Link>
    </li>
  );
}
