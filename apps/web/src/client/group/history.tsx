import type { Task } from "../api/types.ts";
import { Link } from "../router/link.tsx";
import { taskPath } from "../router/match-route.ts";
import { plural } from "../ui/format.ts";
import { StateMark } from "../ui/state-mark.tsx";
import { isFinal, STATE_LOOK } from "../ui/states.ts";
import { visibleText } from "../ui/visible-text.ts";

const SHOWN = 40;

/** A mark a task, the newest at the right: how often it went well, at a glance. */
export function History({ tasks }: { readonly tasks: readonly Task[] }) {
  const shown = tasks.slice(-SHOWN);
  const ended = tasks.filter(({ status }) => isFinal(status));
  const complete = ended.filter(({ status }) => status === "COMPLETE").length;
  return (
    <section aria-label="History" className="card history">
      <div className="section-head">
        <h2>History</h2>
        <span className="muted small num">
          {ended.length === 0
            ? "Nothing ended yet"
            : `${complete} of ${plural(ended.length, "ended task")} complete`}
        </span>
      </div>
      <ol className="history-marks">
        {shown.map((task) => {
          const words = `${task.task_id}: ${STATE_LOOK[task.status].word}, ${visibleText(task.summary)}`;
          return (
            <li key={task.task_id}>
              <Link aria-label={words} className="history-mark" href={taskPath(task.task_id)} title={words}>
                <StateMark of={task.status} size={18} />
              </Link>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
