import { useState } from "react";
import "./timeline.css";
import type { PhaseName, TaskView } from "../api/types.ts";
import { duration, plural } from "../ui/format.ts";
import { useWide } from "../ui/media.ts";
import { useNow } from "../ui/now.ts";
import { StateMark } from "../ui/state-mark.tsx";
import { PHASES } from "../ui/states.ts";
import { LaneDetails } from "./lane-details.tsx";
import { LaneTrack } from "./lane-track.tsx";
import { intervalOf, latestOf, workedMs } from "./phase-times.ts";
import { timeScale } from "./time-scale.ts";

const WORD = {
  running: "Running",
  passed: "Passed",
  failed: "Failed",
  skipped: "Skipped",
  interrupted: "Interrupted",
  waiting: "Not begun",
} as const;

/** The phase that a person most likely came for: what runs, what failed, else where the work was done. */
function firstPick(view: TaskView): PhaseName {
  if (view.phase) return view.phase;
  return view.phases.findLast(({ outcome }) => outcome === "failed")?.phase ?? "EXECUTION";
}

/** Seven lanes over time; what was done in the picked one is told beside them, or on a phone below it. */
export function Timeline({ view }: { readonly view: TaskView }) {
  const wide = useWide();
  const running = view.phases.some(({ outcome }) => outcome === "running");
  const now = useNow(running ? 1000 : null);
  const [picked, setPicked] = useState<PhaseName | null>(null);
  const shown = picked ?? (wide ? firstPick(view) : null);
  const scale = timeScale(view.phases.map((phase) => intervalOf(phase, now)));
  const attempts = Math.max(1, view.attempt);
  return (
    <section aria-label="Phases" className="timeline">
      <div className="card lanes">
        <header className="lanes-head">
          <h2>Phases</h2>
          <span className="muted small num">
            {duration(workedMs(view.phases, now))} of work
            {attempts > 1 ? ` in ${plural(attempts, "attempt")}` : ""}
          </span>
        </header>
        <ol>
          {PHASES.map(({ phase, word }) => {
            const goes = view.phases.filter((one) => one.phase === phase);
            const latest = latestOf(view.phases, phase);
            const outcome = latest?.outcome ?? "waiting";
            const spent = workedMs(goes, now);
            const open = shown === phase;
            return (
              <li key={phase}>
                <button
                  aria-expanded={open}
                  className="lane"
                  data-row
                  onClick={() => setPicked(open && !wide ? null : phase)}
                  type="button"
                >
                  <span className="lane-name">
                    <StateMark of={outcome} />
                    <span>
                      {word}
                      {goes.length > 1 ? <span className="muted small"> ×{goes.length}</span> : null}
                    </span>
                    <span className="sr-only">{WORD[outcome]}</span>
                  </span>
                  <LaneTrack
                    commands={view.commands.filter((one) => one.phase === phase)}
                    goes={goes}
                    now={now}
                    runs={view.runs.filter((one) => one.phase === phase)}
                    scale={scale}
                  />
                  <span className="lane-time num">
                    {goes.length === 0 || outcome === "skipped" ? "–" : duration(spent)}
                  </span>
                </button>
                {open && !wide ? (
                  <div className="lane-inside">
                    <LaneDetails now={now} phase={phase} view={view} />
                  </div>
                ) : null}
              </li>
            );
          })}
        </ol>
      </div>
      {wide && shown ? (
        <aside aria-label="Details of the phase" className="card lane-aside">
          <h2>{PHASES.find(({ phase }) => phase === shown)?.word}</h2>
          <LaneDetails now={now} phase={shown} view={view} />
        </aside>
      ) : null}
    </section>
  );
}
