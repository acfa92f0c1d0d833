import "./problem-card.css";
import { ApiError } from "../api/api-error.ts";
import { Button } from "./button.tsx";
import { StateMark } from "./state-mark.tsx";
import { visibleText } from "./visible-text.ts";

interface ProblemCardProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** What went wrong, under which code, and what to do about it. */
export function ProblemCard({ error, onRetry }: ProblemCardProps) {
  const known = error instanceof ApiError ? error : null;
  return (
    <div className="problem" role="alert">
      <StateMark of="ERROR" size={18} />
      <div className="problem-words">
        <p className="problem-title">
          {known?.title ?? "This page failed"}
          {known?.code ? <code>{known.code}</code> : null}
        </p>
        <p className="wrap">{visibleText(error instanceof Error ? error.message : String(error))}</p>
        {known && known.fields.length > 0 ? (
          <ul className="small">
            {known.fields.map((field) => (
              <li key={`${field.path}${field.message}`}>
                <code>{field.path}</code> {field.message}
              </li>
            ))}
          </ul>
        ) : null}
        {known ? <p className="muted small wrap">{visibleText(known.hint)}</p> : null}
      </div>
      {onRetry ? <Button onClick={onRetry}>Try again</Button> : null}
    </div>
  );
}
