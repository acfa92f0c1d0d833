import type { CommandView, PhaseView, RunView } from "../api/types.ts";
import { intervalOf } from "./phase-times.ts";
import type { TimeScale } from "./time-scale.ts";

interface LaneTrackProps {
  readonly goes: readonly PhaseView[];
  readonly runs: readonly RunView[];
  readonly commands: readonly CommandView[];
  readonly scale: TimeScale;
  readonly now: number;
}

const percent = (part: number) => `${(part * 100).toFixed(3)}%`;

/** The picture of one lane: attempts as bars, agent runs and commands inside. The details say the same in words. */
export function LaneTrack({ goes, runs, commands, scale, now }: LaneTrackProps) {
  const place = (from: number, to: number) => {
    const left = scale.at(from);
    return { left: percent(left), width: percent(Math.max(0, scale.at(to) - left)) };
  };
  // A command on the base may run beside earlier phases: its bar keeps to the lane, its details say the time.
  const laneFrom = Math.min(...goes.map((go) => intervalOf(go, now).from));
  const commandFrom = ({ at, duration_ms }: CommandView) => Date.parse(at) - duration_ms;
  return (
    <span aria-hidden="true" className="track">
      {scale.gaps.map((gap) => (
        <span
          className="track-gap"
          key={gap.from}
          style={{ left: percent(gap.from), width: percent(gap.to - gap.from) }}
        />
      ))}
      {goes.map((go) => {
        const { from, to } = intervalOf(go, now);
        return (
          <span
            className={`bar bar-${go.outcome}`}
            key={`${go.attempt}${go.started_at}`}
            style={place(from, to)}
          />
        );
      })}
      {runs.map((run) => (
        <span
          className={run.superseded ? "bar-run bar-run-old" : "bar-run"}
          key={run.run_id}
          style={place(Date.parse(run.started_at), run.ended_at === null ? now : Date.parse(run.ended_at))}
        />
      ))}
      {commands.map((command) => (
        <span
          className={command.exit_code === 0 ? "bar-command" : "bar-command bar-command-bad"}
          key={command.seq}
          style={place(Math.max(laneFrom, commandFrom(command)), Date.parse(command.at))}
        />
      ))}
    </span>
  );
}
