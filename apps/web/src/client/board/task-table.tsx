import { Link } from "../router/link.tsx";
import { groupPath, taskPath } from "../router/match-route.ts";
import { Empty } from "../ui/empty.tsx";
import { ago } from "../ui/format.ts";
import { useNow } from "../ui/now.ts";
import { ProblemCard } from "../ui/problem-card.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { StateMark } from "../ui/state-mark.tsx";
import { STATE_LOOK } from "../ui/states.ts";
import { visibleText } from "../ui/visible-text.ts";
import type { Filters } from "./filters.ts";
import { LoadMore } from "./load-more.tsx";
import { useTasks } from "./use-tasks.ts";

export function TaskTable({ filters }: { readonly filters: Filters }) {
  const { query, tasks } = useTasks(filters);
  const now = useNow(30_000);
  if (query.error && !query.data) return <ProblemCard error={query.error} />;
  if (query.isPending) return <Skeleton height={46} rows={8} />;
  return (
    <>
      {tasks.length === 0 && !query.hasNextPage ? <Empty title="No task is like that" /> : null}
      {tasks.length > 0 ? (
        <div className="card table-card">
          <table className="tasks">
            <thead>
              <tr>
                <th scope="col">Task</th>
                <th scope="col">State</th>
                <th scope="col">Group</th>
                <th scope="col">Changed</th>
              </tr>
            </thead>
            <tbody>
              {tasks.map((task) => (
                <tr data-row key={task.task_id}>
                  <td className="tasks-main">
                    <Link href={taskPath(task.task_id)}>{visibleText(task.summary)}</Link>
                    <span className="muted small">{task.task_id}</span>
                  </td>
                  <td className="tasks-state">
                    <span>
                      <StateMark of={task.status} />
                      {STATE_LOOK[task.status].word}
                    </span>
                  </td>
                  <td className="tasks-group">
                    <Link href={groupPath(task.task_group_id)}>{task.task_group_id}</Link>
                  </td>
                  <td className="tasks-when muted">
                    <time dateTime={task.updated_at}>{ago(task.updated_at, now)}</time>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      <LoadMore
        busy={query.isFetchingNextPage}
        has={query.hasNextPage}
        onMore={() => void query.fetchNextPage()}
      />
    </>
  );
}
