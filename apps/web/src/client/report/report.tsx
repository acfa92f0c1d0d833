import { useQuery } from "@tanstack/react-query";
import "./report.css";
import { isNotFound } from "../api/api-error.ts";
import { queries } from "../api/queries.ts";
import type { TaskDetail } from "../api/types.ts";
import { Empty } from "../ui/empty.tsx";
import { ProblemCard } from "../ui/problem-card.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { visibleText } from "../ui/visible-text.ts";
import { Markdown } from "./markdown.tsx";

export default function Report({ task }: { readonly task: TaskDetail }) {
  const report = useQuery({ ...queries.report(task.task_id), enabled: task.session_id !== null });
  if (task.session_id === null || isNotFound(report.error)) {
    return <Empty title="There is no report yet">It is written in the last phase.</Empty>;
  }
  if (report.error) return <ProblemCard error={report.error} onRetry={() => void report.refetch()} />;
  if (report.data === undefined) return <Skeleton height={28} rows={10} />;
  return (
    <article aria-label="Report" className="card report">
      <Markdown source={visibleText(report.data)} />
    </article>
  );
}
