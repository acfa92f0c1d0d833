import { useInfiniteQuery, useQueries, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import "./inbox.css";
import { paths } from "../api/paths.ts";
import { queries } from "../api/queries.ts";
import { getJson } from "../api/request.ts";
import type { PageOf, Task, TaskState } from "../api/types.ts";
import { Link } from "../router/link.tsx";
import { Page } from "../shell/page.tsx";
import { Empty } from "../ui/empty.tsx";
import { useWide } from "../ui/media.ts";
import { useNow } from "../ui/now.ts";
import { ProblemCard } from "../ui/problem-card.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { FINAL_STATES } from "../ui/states.ts";
import { Composer } from "./composer.tsx";
import { NeedsYouCard } from "./needs-you-card.tsx";
import { RunningCard } from "./running-card.tsx";
import { TaskRow } from "./task-row.tsx";

const FINISHED_SHOWN = 12;

const useTasksIn = (state: TaskState) => {
  const query = useInfiniteQuery(queries.tasks(state));
  return { ...query, tasks: query.data?.pages.flatMap(({ items }) => items) ?? [] };
};

/** The latest of every way to end: asked for one by one, since a queue may list the states one after another. */
function useFinished() {
  return useQueries({
    queries: FINAL_STATES.map((state) => ({
      queryKey: ["tasks-ended", state],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        getJson<PageOf<Task>>(paths.tasks({ state, cursor: null, limit: FINISHED_SHOWN }), signal),
    })),
    combine: (all) => ({
      pending: all.some(({ isPending }) => isPending),
      error: all.find(({ error }) => error !== null)?.error ?? null,
      tasks: all
        .flatMap(({ data }) => data?.items ?? [])
        .sort((a, b) => b.updated_at.localeCompare(a.updated_at))
        .slice(0, FINISHED_SHOWN),
    }),
  });
}

function Section({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  return (
    <section className="inbox-section">
      <h2>
        {title} <span className="muted num">{count}</span>
      </h2>
      {children}
    </section>
  );
}

export function Inbox() {
  const wide = useWide();
  const now = useNow(1000);
  const { data: info } = useQuery(queries.info());
  const needed = useTasksIn("AWAITING_APPROVAL");
  const running = useTasksIn("RUNNING");
  const queued = useTasksIn("QUEUED");
  const finished = useFinished();
  const error = needed.error ?? running.error ?? queued.error ?? finished.error;
  const pending = needed.isPending || running.isPending || queued.isPending || finished.pending;
  const nothing =
    needed.tasks.length + running.tasks.length + queued.tasks.length + finished.tasks.length === 0;
  const noWorker = info !== undefined && info.workers.length === 0 && info.worker !== "running";

  return (
    <Page title="Inbox">
      {wide ? (
        <div className="card inbox-composer">
          <Composer />
        </div>
      ) : null}
      {error ? <ProblemCard error={error} onRetry={() => void needed.refetch()} /> : null}
      {pending && !error ? <Skeleton height={84} rows={4} /> : null}
      {needed.tasks.length > 0 ? (
        <Section count={needed.tasks.length} title="Needs you">
          <ul className="inbox-list">
            {needed.tasks.map((task) => (
              <NeedsYouCard key={task.task_id} now={now} task={task} />
            ))}
          </ul>
        </Section>
      ) : null}
      {running.tasks.length > 0 ? (
        <Section count={running.tasks.length} title="Running">
          <ul className="inbox-list">
            {running.tasks.map((task) => (
              <RunningCard key={task.task_id} now={now} task={task} />
            ))}
          </ul>
        </Section>
      ) : null}
      {queued.tasks.length > 0 ? (
        <Section count={queued.tasks.length} title="Queued">
          {noWorker ? <Empty commands={["pm worker"]} title="No worker is there to take them" /> : null}
          <ul className="card rows">
            {queued.tasks.map((task) => (
              <TaskRow at={task.submitted_at} key={task.task_id} now={now} task={task} />
            ))}
          </ul>
        </Section>
      ) : null}
      {finished.tasks.length > 0 ? (
        <Section count={finished.tasks.length} title="Finished lately">
          <ul className="card rows">
            {finished.tasks.map((task) => (
              <TaskRow at={task.updated_at} key={task.task_id} now={now} task={task} />
            ))}
          </ul>
          <p className="inbox-more">
            <Link href="/tasks?view=list">All tasks</Link>
          </p>
        </Section>
      ) : null}
      {!pending && !error && nothing ? (
        <Empty commands={['pm start "Add a --version flag"']} title="No task yet">
          Write the first one here, or in a terminal:
        </Empty>
      ) : null}
    </Page>
  );
}
