import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import "./task-page.css";
import { queries } from "../api/queries.ts";
import { Link } from "../router/link.tsx";
import { groupPath, TABS, type Tab, taskPath } from "../router/match-route.ts";
import { Page } from "../shell/page.tsx";
import { ProblemCard } from "../ui/problem-card.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { STATE_LOOK } from "../ui/states.ts";
import { visibleText } from "../ui/visible-text.ts";
import { Overview } from "./overview.tsx";
import { TaskActions } from "./task-actions.tsx";
import { Verdict } from "./verdict.tsx";

const Logs = lazy(() => import("../logs/logs.tsx"));
const Changes = lazy(() => import("../changes/changes.tsx"));
const Evidence = lazy(() => import("../evidence/evidence.tsx"));
const Report = lazy(() => import("../report/report.tsx"));

const WORDS: Readonly<Record<Tab, string>> = {
  overview: "Overview",
  logs: "Logs",
  changes: "Changes",
  evidence: "Evidence",
  report: "Report",
};

interface TaskPageProps {
  readonly id: string;
  readonly tab: Tab;
  readonly log: string | null;
}

/** One task: what stands above is the same in all its parts. */
export default function TaskPage({ id, tab, log }: TaskPageProps) {
  const query = useQuery(queries.task(id));
  const task = query.data;
  if (query.error && !task) {
    return (
      <Page title={id}>
        <ProblemCard error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  }
  if (!task) {
    return (
      <Page title={id}>
        <Skeleton height={96} rows={4} />
      </Page>
    );
  }
  const part = () => {
    switch (tab) {
      case "overview":
        return <Overview task={task} />;
      case "logs":
        return <Logs log={log} task={task} />;
      case "changes":
        return <Changes task={task} />;
      case "evidence":
        return <Evidence task={task} />;
      case "report":
        return <Report task={task} />;
      default:
        return tab satisfies never;
    }
  };
  return (
    <Page
      actions={<TaskActions deciding={tab === "evidence"} task={task} />}
      heading={
        <>
          <span className="crumbs">
            <Link href={groupPath(task.task_group_id)}>{task.task_group_id}</Link>
            <span aria-hidden="true"> / </span>
            <span>{id}</span>
          </span>
          <span className="task-title">{visibleText(task.summary)}</span>
        </>
      }
      title={`${STATE_LOOK[task.status].word}: ${visibleText(task.summary)}`}
    >
      <Verdict brief={tab !== "overview"} task={task} />
      <nav aria-label="Parts of the task" className="tabs">
        {TABS.map((name) => (
          <Link
            aria-current={name === tab ? "page" : undefined}
            className="tab"
            href={taskPath(id, name)}
            key={name}
          >
            {WORDS[name]}
          </Link>
        ))}
      </nav>
      <Suspense fallback={<Skeleton height={48} rows={6} />}>{part()}</Suspense>
    </Page>
  );
}
