import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import "./changes.css";
import { isNotFound } from "../api/api-error.ts";
import { queries } from "../api/queries.ts";
import type { TaskDetail } from "../api/types.ts";
import { Empty } from "../ui/empty.tsx";
import { plural, shortHash } from "../ui/format.ts";
import { useWide } from "../ui/media.ts";
import { ProblemCard } from "../ui/problem-card.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { DiffCounts } from "./diff-counts.tsx";
import { DiffList } from "./diff-list.tsx";
import { treeOrder } from "./file-tree.ts";
import { TreeView } from "./tree-view.tsx";

/** What the task changed: the files, and the diff of each as it comes into view. */
export default function Changes({ task }: { readonly task: TaskDetail }) {
  const wide = useWide();
  const view = useQuery({ ...queries.view(task.task_id), enabled: task.session_id !== null });
  const [filter, setFilter] = useState("");
  const [goTo, setGoTo] = useState<{ path: string } | null>(null);
  const change = view.data?.change ?? null;
  const files = useMemo(() => {
    const wanted = filter.trim().toLowerCase();
    return treeOrder((change?.files ?? []).filter(({ path }) => path.toLowerCase().includes(wanted)));
  }, [change, filter]);

  if (task.session_id === null || isNotFound(view.error)) {
    return <Empty title="Nothing is changed yet">The task has not begun.</Empty>;
  }
  if (view.error && !view.data) return <ProblemCard error={view.error} onRetry={() => void view.refetch()} />;
  if (!view.data) return <Skeleton height={44} rows={8} />;
  if (change === null)
    return <Empty title="There is no result yet">It is taken at the end of Execution.</Empty>;
  if (change.files.length === 0) return <Empty title="No file was changed" />;

  const added = change.files.reduce((sum, file) => sum + (file.added ?? 0), 0);
  const deleted = change.files.reduce((sum, file) => sum + (file.deleted ?? 0), 0);
  return (
    <>
      <div className="changes-head">
        <p>
          <strong>{plural(change.files.length, "file")}</strong>{" "}
          <DiffCounts added={added} deleted={deleted} />
        </p>
        <p className="muted small mono">
          {shortHash(change.base)} → {shortHash(change.result)}
        </p>
        <input
          aria-label="Filter files"
          className="input changes-filter"
          data-search
          onChange={(event) => setFilter(event.target.value)}
          placeholder="Filter files"
          type="search"
          value={filter}
        />
      </div>
      {files.length === 0 ? <Empty title="No file has that in its path" /> : null}
      <div className="changes">
        {wide ? <TreeView files={files} onPick={(path) => setGoTo({ path })} /> : null}
        <DiffList files={files} goTo={goTo} key={filter} taskId={task.task_id} />
      </div>
    </>
  );
}
