import { useQuery } from "@tanstack/react-query";
import { queries } from "../api/queries.ts";
import type { ChangedFile } from "../api/types.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { count } from "../ui/format.ts";
import { ChevronIcon } from "../ui/icons.tsx";
import { ProblemCard } from "../ui/problem-card.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { visibleText } from "../ui/visible-text.ts";
import { DiffCounts } from "./diff-counts.tsx";
import { DiffRows } from "./diff-rows.tsx";
import { parseDiff } from "./parse-diff.ts";

const STATUS = { added: "New file", modified: "", deleted: "Deleted" } as const;

interface FileDiffCardProps {
  readonly taskId: string;
  readonly file: ChangedFile;
  readonly open: boolean;
  readonly large: boolean;
  readonly split: boolean;
  onToggle(): void;
}

function Body({ taskId, file, split }: Pick<FileDiffCardProps, "taskId" | "file" | "split">) {
  const diff = useQuery(queries.diff(taskId, file.path));
  if (diff.error) return <ProblemCard error={diff.error} onRetry={() => void diff.refetch()} />;
  if (diff.data === undefined) {
    return <Skeleton height={Math.min(600, ((file.added ?? 0) + (file.deleted ?? 0) + 6) * 20)} rows={1} />;
  }
  const { rows, binary, facts } = parseDiff(diff.data);
  return (
    <>
      {facts.length > 0 ? <p className="diff-fact small">{visibleText(facts.join(", "))}</p> : null}
      {binary ? <p className="diff-fact small">A binary file: it has no lines to compare.</p> : null}
      {rows.length > 0 ? <DiffRows path={file.path} rows={rows} split={split} /> : null}
      {rows.length === 0 && !binary && facts.length === 0 ? (
        <p className="diff-fact small">The file is empty.</p>
      ) : null}
    </>
  );
}

export function FileDiffCard({ taskId, file, open, large, split, onToggle }: FileDiffCardProps) {
  const path = visibleText(file.path);
  return (
    <section aria-label={path} className="card diff-card">
      <header className="diff-head">
        <button aria-expanded={open} className="diff-toggle" data-row onClick={onToggle} type="button">
          <span className={open ? "tree-open" : "tree-shut"}>
            <ChevronIcon size={12} />
          </span>
          <span className="diff-path mono">{path}</span>
        </button>
        {STATUS[file.status] ? <span className="diff-status small">{STATUS[file.status]}</span> : null}
        <DiffCounts added={file.added} deleted={file.deleted} />
        <CopyButton text={file.path} what={`the path ${path}`} />
      </header>
      {open ? <Body file={file} split={split} taskId={taskId} /> : null}
      {!open && large ? (
        <button className="diff-more" onClick={onToggle} type="button">
          Show {count((file.added ?? 0) + (file.deleted ?? 0))} changed lines
        </button>
      ) : null}
    </section>
  );
}
