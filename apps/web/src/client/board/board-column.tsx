import { useQuery } from "@tanstack/react-query";
import { queries } from "../api/queries.ts";
import type { TaskState } from "../api/types.ts";
import { Link } from "../router/link.tsx";
import { taskPath } from "../router/match-route.ts";
import { ago } from "../ui/format.ts";
import { useNow } from "../ui/now.ts";
import { Skeleton } from "../ui/skeleton.tsx";
import { StateMark } from "../ui/state-mark.tsx";
import { STATE_LOOK } from "../ui/states.ts";
import { visibleText } from "../ui/visible-text.ts";
import type { Column, Filters } from "./filters.ts";
import { LoadMore } from "./load-more.tsx";
import { useTasks } from "./use-tasks.ts";

interface BoardColumnProps {
  readonly column: Column;
  readonly filters: Filters;
}

function Part({ state, filters, named }: { state: TaskState; filters: Filters; named: boolean }) {
  const { query, tasks } = useTasks({ ...filters, state });
  const now = useNow(30_000);
  if (query.isPending) return <Skeleton height={76} rows={2} />;
  return (
    <>
      <ul className="board-cards">
        {tasks.map((task) => (
          <li data-row key={task.task_id}>
            <Link className="card board-card" href={taskPath(task.task_id)}>
              <span className="board-card-title">{visibleText(task.summary)}</span>
              <span className="board-card-meta muted small">
                <StateMark of={task.status} size={14} />
                {named ? <span>{STATE_LOOK[task.status].word}</span> : null}
                <span className="ellipsis">{task.task_id}</span>
                <time className="row-when" dateTime={task.updated_at}>
                  {ago(task.updated_at, now)}
                </time>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <LoadMore
        busy={query.isFetchingNextPage}
        has={query.hasNextPage}
        onMore={() => void query.fetchNextPage()}
      />
    </>
  );
}

export function BoardColumn({ column, filters }: BoardColumnProps) {
  const { data: info } = useQuery(queries.info());
  const number = column.states.reduce((sum, state) => sum + (info?.counts[state] ?? 0), 0);
  const states = column.states.filter((state) => filters.state === null || state === filters.state);
  return (
    <section aria-label={column.word} className="board-column">
      <h2>
        {column.word} <span className="muted num">{number}</span>
      </h2>
      {states.map((state) => (
        <Part filters={filters} key={state} named={column.states.length > 1} state={state} />
      ))}
    </section>
  );
}
