import { useQuery } from "@tanstack/react-query";
import { isNotFound } from "../api/api-error.ts";
import { queries } from "../api/queries.ts";
import type { TaskDetail } from "../api/types.ts";
import { Empty } from "../ui/empty.tsx";
import { ProblemCard } from "../ui/problem-card.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Asked } from "./asked.tsx";
import { Timeline } from "./timeline.tsx";

export function Overview({ task }: { readonly task: TaskDetail }) {
  const view = useQuery({ ...queries.view(task.task_id), enabled: task.session_id !== null });
  const notBegun = task.session_id === null || isNotFound(view.error);
  return (
    <>
      {notBegun ? (
        <Empty commands={["pm worker", "pm queue status"]} title="It has not begun">
          A worker of {task.project} takes it. Is one running?
        </Empty>
      ) : view.data ? (
        <Timeline view={view.data} />
      ) : view.error ? (
        <ProblemCard error={view.error} onRetry={() => void view.refetch()} />
      ) : (
        <Skeleton height={44} rows={7} />
      )}
      <Asked task={task} />
    </>
  );
}
