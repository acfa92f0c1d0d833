import type { RunView } from "../api/types.ts";
import { cost, count, duration, plural } from "../ui/format.ts";
import { AgentIcon } from "../ui/icons.tsx";
import { StateMark } from "../ui/state-mark.tsx";
import { visibleText } from "../ui/visible-text.ts";
import { BlobLinks } from "./blob-links.tsx";

const ENDED = {
  exited: "exited",
  time_limit: "stopped at its time limit",
  idle_limit: "stopped: it was silent for too long",
  aborted: "stopped by pm",
  spawn_failed: "could not be started",
} as const;

/** One executor run: who ran, for how long, what it used. */
export function RunDetails({ run, now }: { readonly run: RunView; readonly now: number }) {
  const { result } = run;
  const spent = result?.duration_ms ?? (run.ended_at === null ? now - Date.parse(run.started_at) : 0);
  const fine =
    result?.termination === "exited" && result.error_message === null && (result.exit_code ?? 0) === 0;
  const name = run.subtask_id ? `${run.provider} on ${run.subtask_id}` : run.provider;
  return (
    <li>
      <details className="step">
        <summary>
          <AgentIcon />
          <span className="ellipsis">
            {visibleText(name)}
            {run.ask > 1 ? <span className="muted">, asked {run.ask} times</span> : null}
            {run.superseded ? <span className="muted">, superseded</span> : null}
          </span>
          {result ? (
            <StateMark of={fine ? "passed" : "failed"} size={14} />
          ) : (
            <StateMark of="running" size={14} />
          )}
          <span className="sr-only">{result ? (fine ? "ended well" : "failed") : "running"}</span>
          <span className="muted num">{duration(spent)}</span>
        </summary>
        <dl className="step-facts">
          <dt>Provider</dt>
          <dd>{visibleText(run.provider)}</dd>
          <dt>Model</dt>
          <dd>{visibleText(run.model ?? "the provider’s default")}</dd>
          {result ? (
            <>
              <dt>Ended</dt>
              <dd>
                {ENDED[result.termination]}
                {result.exit_code === null ? "" : `, exit ${result.exit_code}`}
                {result.error_message ? `: ${visibleText(result.error_message)}` : ""}
              </dd>
              <dt>Tool calls</dt>
              <dd className="num">
                {count(result.tool_calls)}
                {result.denials.length > 0 ? `, ${plural(result.denials.length, "denial")}` : ""}
              </dd>
              <dt>Tokens</dt>
              <dd className="num">
                {count(result.usage.input_tokens)} in, {count(result.usage.output_tokens)} out
                {result.usage.cache_read_tokens > 0
                  ? `, ${count(result.usage.cache_read_tokens)} from the cache`
                  : ""}
              </dd>
              <dt>Cost</dt>
              <dd className="num">{cost(result.usage.cost_usd)}</dd>
            </>
          ) : null}
          <dt>Captured</dt>
          <dd>
            <BlobLinks
              links={[
                ["Prompt", run.prompt],
                ["Transcript", run.transcript],
                ["Answer", run.answer],
              ]}
            />
          </dd>
        </dl>
      </details>
    </li>
  );
}
