import "./lane-details.css";
import type { PhaseName, TaskView } from "../api/types.ts";
import { duration } from "../ui/format.ts";
import { StateMark } from "../ui/state-mark.tsx";
import { visibleText } from "../ui/visible-text.ts";
import { CommandDetails } from "./command-details.tsx";
import { intervalOf } from "./phase-times.ts";
import { RunDetails } from "./run-details.tsx";

interface LaneDetailsProps {
  readonly view: TaskView;
  readonly phase: PhaseName;
  readonly now: number;
}

/** What was done in one phase, attempt by attempt: its agent runs and commands, and why it went as it did. */
export function LaneDetails({ view, phase, now }: LaneDetailsProps) {
  const goes = view.phases.filter((one) => one.phase === phase);
  if (goes.length === 0) return <p className="muted small">It has not begun.</p>;
  return (
    <div className="lane-details">
      {goes.map((go) => {
        const { from, to } = intervalOf(go, now);
        const runs = view.runs.filter((one) => one.phase === phase && one.attempt === go.attempt);
        const commands = view.commands.filter((one) => one.phase === phase && one.attempt === go.attempt);
        return (
          <section key={`${go.attempt}${go.started_at}`}>
            <p className="go-head small">
              <StateMark of={go.outcome} size={14} />
              <span>
                {goes.length > 1 ? `Attempt ${go.attempt} ` : ""}
                {go.outcome}
              </span>
              <span className="muted num">{go.outcome === "skipped" ? "" : duration(to - from)}</span>
            </p>
            {go.reason ? <p className="small wrap go-reason">{visibleText(go.reason)}</p> : null}
            <ul>
              {runs.map((run) => (
                <RunDetails key={run.run_id} now={now} run={run} />
              ))}
              {commands.map((command) => (
                <CommandDetails command={command} key={command.seq} />
              ))}
            </ul>
            {runs.length + commands.length === 0 && go.outcome !== "skipped" ? (
              <p className="muted small">No agent and no command ran in it.</p>
            ) : null}
          </section>
        );
      })}
    </div>
  );
}
