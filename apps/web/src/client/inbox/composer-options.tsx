import { useId } from "react";
import { Segmented } from "../ui/segmented.tsx";
import type { Draft, DraftProblem } from "./draft.ts";

const KINDS = [
  { value: "change", word: "Change", asks: "A check must fail on the base and pass on the result." },
  { value: "refactor", word: "Refactor", asks: "What passed on the base must pass on the result." },
  { value: "docs", word: "Docs", asks: "Only documentation may change." },
  { value: "answer", word: "Answer", asks: "Nothing may change; the answer is the result." },
] as const;

interface ComposerOptionsProps {
  readonly draft: Draft;
  readonly problem: DraftProblem | null;
  onChange(part: Partial<Draft>): void;
}

/** What most tasks do without. */
export function ComposerOptions({ draft, problem, onChange }: ComposerOptionsProps) {
  const id = useId();
  const set = KINDS.find(({ value }) => value === draft.kind)?.word ?? "";
  const extra = [draft.scope, draft.checks, draft.provider, draft.model].filter((text) => text.trim() !== "");
  const area = (name: "scope" | "checks", label: string, hint: string, placeholder: string) => (
    <div className="field">
      <label htmlFor={`${id}${name}`}>{label}</label>
      <textarea
        aria-describedby={`${id}${name}hint`}
        aria-invalid={problem?.field === name}
        autoCapitalize="off"
        className="mono"
        id={`${id}${name}`}
        name={name}
        onChange={(event) => onChange({ [name]: event.target.value })}
        placeholder={placeholder}
        rows={2}
        spellCheck={false}
        value={draft[name]}
      />
      <p className="muted small" id={`${id}${name}hint`}>
        {hint}
      </p>
    </div>
  );
  const line = (name: "provider" | "model", label: string) => (
    <div className="field">
      <label htmlFor={`${id}${name}`}>{label}</label>
      <input
        autoCapitalize="off"
        autoComplete="off"
        id={`${id}${name}`}
        name={name}
        onChange={(event) => onChange({ [name]: event.target.value })}
        placeholder="the project’s"
        spellCheck={false}
        value={draft[name]}
      />
    </div>
  );
  return (
    <details className="composer-options" open={problem?.field === "checks" || undefined}>
      <summary>
        Options
        <span className="muted small">
          {set}
          {extra.length > 0 ? `, ${extra.length} more set` : ""}
        </span>
      </summary>
      <div className="field">
        <span aria-hidden="true">Kind</span>
        <Segmented label="Kind" onPick={(kind) => onChange({ kind })} options={KINDS} value={draft.kind} />
        <p className="muted small">{KINDS.find(({ value }) => value === draft.kind)?.asks}</p>
      </div>
      {area("scope", "Scope", "Files that may change: a glob a line. Empty: the plan says it.", "src/**")}
      {area("checks", "Your own checks", "A command a line. Each must pass on the result.", "npm test")}
      <div className="field-pair">
        {line("provider", "Provider")}
        {line("model", "Model")}
      </div>
    </details>
  );
}
