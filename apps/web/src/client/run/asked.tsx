import "../ui/info-list.css";
import "./asked.css";
import type { TaskDetail } from "../api/types.ts";
import { commandLine } from "../ui/format.ts";
import { visibleText } from "../ui/visible-text.ts";

const KIND = { change: "Change", refactor: "Refactor", docs: "Docs", answer: "Answer" } as const;

/** What the person asked for, word for word. */
export function Asked({ task }: { readonly task: TaskDetail }) {
  return (
    <section className="asked">
      <h2>What was asked</h2>
      <div className="card asked-card">
        <p className="asked-prompt">{visibleText(task.prompt)}</p>
        <dl className="info-list">
          <dt>Kind</dt>
          <dd>{KIND[task.kind]}</dd>
          {task.scope.length > 0 ? (
            <>
              <dt>Scope</dt>
              <dd className="mono wrap">{visibleText(task.scope.join(", "))}</dd>
            </>
          ) : null}
          {task.checks.length > 0 ? (
            <>
              <dt>Own checks</dt>
              <dd>
                {task.checks.map((argv) => (
                  <code className="asked-check" key={argv.join("\0")}>
                    {visibleText(commandLine(argv))}
                  </code>
                ))}
              </dd>
            </>
          ) : null}
          <dt>Project</dt>
          <dd className="wrap">{visibleText(task.project)}</dd>
          {task.session_id ? (
            <>
              <dt>Session</dt>
              <dd className="mono wrap">{task.session_id}</dd>
            </>
          ) : null}
          {task.outcome?.evidence_path ? (
            <>
              <dt>Evidence</dt>
              <dd className="mono wrap">{visibleText(task.outcome.evidence_path)}</dd>
            </>
          ) : null}
        </dl>
      </div>
    </section>
  );
}
