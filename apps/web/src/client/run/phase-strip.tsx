import "./phase-strip.css";
import type { PhaseView } from "../api/types.ts";
import { duration } from "../ui/format.ts";
import { PHASES } from "../ui/states.ts";
import { latestOf } from "./phase-times.ts";

/** The seven phases as seven cells: how far a task is at a glance. */
export function PhaseStrip({ phases, now }: { readonly phases: readonly PhaseView[]; readonly now: number }) {
  const cells = PHASES.map((look) => ({ ...look, at: latestOf(phases, look.phase) }));
  const running = cells.find(({ at }) => at?.outcome === "running");
  const place = running ? PHASES.findIndex(({ phase }) => phase === running.phase) + 1 : 0;
  return (
    <div className="strip">
      <ol aria-label="Phases" className="strip-cells">
        {cells.map(({ phase, word, short, at }) => (
          <li className={`strip-cell strip-${at?.outcome ?? "waiting"}`} key={phase}>
            <span aria-hidden="true" className="strip-word">
              {short}
            </span>
            <span className="sr-only">{`${word}: ${at ? at.outcome : "not begun"}`}</span>
          </li>
        ))}
      </ol>
      {running?.at ? (
        <p className="strip-now small num">
          {`${place}/7 ${running.word} `}
          <span className="muted">{duration(now - Date.parse(running.at.started_at))}</span>
        </p>
      ) : null}
    </div>
  );
}
