import type { ViolationView } from "../api/types.ts";
import { StateMark } from "../ui/state-mark.tsx";
import { visibleText } from "../ui/visible-text.ts";

/** Every violation whole: none is cut short, for decisions hang on them. */
export function ViolationList({ violations }: { readonly violations: readonly ViolationView[] }) {
  return (
    <ul className="violations">
      {violations.map((violation) => (
        <li className="violation" key={violation.code + violation.gate + violation.message}>
          <StateMark of={violation.status === "INCOMPLETE" ? "AWAITING_APPROVAL" : violation.status} />
          <div className="violation-words">
            <p>
              <code className="violation-code">{violation.code}</code>{" "}
              <span className="wrap">{visibleText(violation.message)}</span>
            </p>
            <p className="muted small wrap">
              {visibleText(violation.gate)}: {visibleText(violation.hint)}
            </p>
            {violation.paths.length > 0 ? (
              <ul className="violation-paths mono small">
                {violation.paths.map((path) => (
                  <li className="wrap" key={path}>
                    {visibleText(path)}
                  </li>
                ))}
              </ul>
            ) : null}
          </div>
        </li>
      ))}
    </ul>
  );
}

export function Violations({
  title,
  violations,
}: {
  readonly title: string;
  readonly violations: readonly ViolationView[];
}) {
  return (
    <section>
      <div className="section-head">
        <h2>{title}</h2>
      </div>
      <div className="card">
        <ViolationList violations={violations} />
      </div>
    </section>
  );
}
