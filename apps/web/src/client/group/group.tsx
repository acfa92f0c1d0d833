import { useInfiniteQuery, useQueries } from "@tanstack/react-query";
import { useEffect } from "react";
import "../ui/section-head.css";
import "./group.css";
import { queries } from "../api/queries.ts";
import type { Task } from "../api/types.ts";
import { Composer } from "../inbox/composer.tsx";
import { TaskRow } from "../inbox/task-row.tsx";
import { workedMs } from "../run/phase-times.ts";
import { Page } from "../shell/page.tsx";
import { Empty } from "../ui/empty.tsx";
import { cost, duration } from "../ui/format.ts";
import { useWide } from "../ui/media.ts";
import { useNow } from "../ui/now.ts";
import { ProblemCard } from "../ui/problem-card.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Chart } from "./chart.tsx";
import { History } from "./history.tsx";

/** Of so many tasks, the newest, the evidence is asked for. */
const CHARTED = 30;

function Charts({ tasks }: { readonly tasks: readonly Task[] }) {
  const charted = tasks.filter(({ session_id }) => session_id !== null).slice(-CHARTED);
  const points = useQueries({
    queries: charted.map((task) => queries.endedView(task)),
    combine: (answers) =>
      answers.flatMap(({ data }, index) => {
        const task = charted[index];
        return data && task && data.phases.length > 0
          ? [{ task, worked: workedMs(data.phases, 0), cost: data.cost_usd }]
          : [];
      }),
  });
  if (points.length < 2) return null;
  return (
    <div className="charts">
      <Chart
        label="Time at work"
        points={points.map(({ task, worked }) => ({ id: task.task_id, state: task.status, value: worked }))}
        say={duration}
      />
      <Chart
        label="Cost"
        points={points.map((point) => ({
          id: point.task.task_id,
          state: point.task.status,
          value: point.cost,
        }))}
        say={cost}
      />
    </div>
  );
}

/** One group: its tasks, and how it went with them over time. */
export default function Group({ id }: { readonly id: string }) {
  const wide = useWide();
  const now = useNow(10_000);
  const query = useInfiniteQuery(queries.groupTasks(id));
  const { hasNextPage, isFetching, fetchNextPage } = query;
  // The queue lists a group from its oldest task on, and the newest is what one came for.
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  const tasks = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Page title={id}>
      {query.error && !query.data ? (
        <ProblemCard error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.isPending ? <Skeleton height={64} rows={5} /> : null}
      {query.data ? (
        <>
          {tasks.length > 0 ? <History tasks={tasks} /> : <Empty title="No task in this group yet" />}
          {query.hasNextPage ? null : <Charts tasks={tasks} />}
          {wide ? (
            <section className="card group-composer">
              <Composer group={id} />
            </section>
          ) : null}
          {tasks.length > 0 ? (
            <section className="inbox-section">
              <h2>
                Tasks <span className="muted num">{tasks.length}</span>
              </h2>
              <ul className="card rows">
                {tasks.toReversed().map((task) => (
                  <TaskRow at={task.updated_at} key={task.task_id} now={now} task={task} />
                ))}
              </ul>
            </section>
          ) : null}
        </>
      ) : null}
    </Page>
  );
}
