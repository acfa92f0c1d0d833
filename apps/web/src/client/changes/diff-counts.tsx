import "./diff-counts.css";
import { count } from "../ui/format.ts";

interface DiffCountsProps {
  /** Null for binary files. */
  readonly added: number | null;
  readonly deleted: number | null;
}

export function DiffCounts({ added, deleted }: DiffCountsProps) {
  if (added === null || deleted === null) return <span className="muted small">binary</span>;
  return (
    <span className="counts num">
      <span className="counts-added">+{count(added)}</span>{" "}
      <span className="counts-removed">−{count(deleted)}</span>
    </span>
  );
}
