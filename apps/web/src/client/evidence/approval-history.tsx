import type { TaskView } from "../api/types.ts";
import { shortHash } from "../ui/format.ts";
import { visibleText } from "../ui/visible-text.ts";

const WORD = { accept: "Taken as it is", rerun: "Let run again", resume: "Let go on" } as const;

export function ApprovalHistory({ approvals }: { readonly approvals: TaskView["approvals"] }) {
  return (
    <section>
      <div className="section-head">
        <h2>Approvals</h2>
      </div>
      <ul className="card rows">
        {approvals.map((approval) => (
          <li className="approval-row" key={approval.at}>
            <span>
              {WORD[approval.effect]}
              {approval.expired ? " (not used in time)" : ""}
            </span>
            {approval.note ? <q className="wrap">{visibleText(approval.note)}</q> : null}
            <span className="muted small">
              <time dateTime={approval.at}>{new Date(approval.at).toLocaleString("en")}</time>, saw{" "}
              <code>{shortHash(approval.digest)}</code>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
