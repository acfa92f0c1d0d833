import { useQuery } from "@tanstack/react-query";
import "../ui/section-head.css";
import "./evidence.css";
import { isNotFound } from "../api/api-error.ts";
import { queries } from "../api/queries.ts";
import type { RequirementView, TaskDetail } from "../api/types.ts";
import { Empty } from "../ui/empty.tsx";
import { ProblemCard } from "../ui/problem-card.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { ApprovalCard } from "./approval-card.tsx";
import { ApprovalHistory } from "./approval-history.tsx";
import { RequirementCard } from "./requirement-card.tsx";
import { Violations } from "./violations.tsx";

const ORDER = ["refuted", "unproven", "unknown", "proven"] as const;
const WORDS = {
  refuted: "refuted",
  unproven: "unproven",
  unknown: "not looked at yet",
  proven: "proven",
} as const;

const worstFirst = (requirements: readonly RequirementView[]) =>
  [...requirements].sort((a, b) => ORDER.indexOf(a.standing) - ORDER.indexOf(b.standing));

function summary(requirements: readonly RequirementView[]): string {
  return ORDER.map(
    (standing) => [requirements.filter((one) => one.standing === standing).length, WORDS[standing]] as const,
  )
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${number} ${word}`)
    .join(", ");
}

/** What was asked, and what proves it: what is missing stands first. */
export default function Evidence({ task }: { readonly task: TaskDetail }) {
  const view = useQuery({ ...queries.view(task.task_id), enabled: task.session_id !== null });
  const asks = task.status === "AWAITING_APPROVAL";
  if (task.session_id === null || isNotFound(view.error)) {
    return <Empty title="There is no evidence yet">The task has not begun.</Empty>;
  }
  if (view.error && !view.data) return <ProblemCard error={view.error} onRetry={() => void view.refetch()} />;
  if (!view.data) return <Skeleton height={120} rows={3} />;
  const { requirements, violations, waived, approvals, commands } = view.data;
  return (
    <div className="evidence">
      {asks ? <ApprovalCard task={task} /> : null}
      {!asks && violations.length > 0 ? (
        <Violations title="What stands against it" violations={violations} />
      ) : null}
      <section>
        <div className="section-head">
          <h2>Requirements</h2>
          <span className="muted small num">{summary(requirements)}</span>
        </div>
        {requirements.length === 0 ? (
          <Empty title="No requirement is known yet">They come out of Requirements and Planning.</Empty>
        ) : (
          <ul className="requirements">
            {worstFirst(requirements).map((requirement) => (
              <RequirementCard
                commands={commands}
                key={requirement.id}
                requirement={requirement}
                taskId={task.task_id}
              />
            ))}
          </ul>
        )}
      </section>
      {waived.length > 0 ? <Violations title="Waived by a person" violations={waived} /> : null}
      {approvals.length > 0 ? <ApprovalHistory approvals={approvals} /> : null}
    </div>
  );
}
