import { useId } from "react";
import type { TaskState } from "../api/types.ts";
import { STATE_LOOK } from "../ui/states.ts";
import { niceTop } from "./nice-top.ts";

interface Point {
  readonly id: string;
  readonly state: TaskState;
  /** Null where it is unknown. */
  readonly value: number | null;
}

interface ChartProps {
  readonly label: string;
  readonly points: readonly Point[];
  say(value: number): string;
}

const WIDTH = 480;
const HEIGHT = 130;
const LEFT = 52;

/** Bars over time, oldest first. The same numbers stand in a table for who does not see them. */
export function Chart({ label, points, say }: ChartProps) {
  const id = useId();
  const known = points.flatMap(({ value }) => (value === null ? [] : [value]));
  const sorted = [...known].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  const last = points.at(-1)?.value ?? null;
  const top = niceTop(Math.max(0, ...known));
  const step = (WIDTH - LEFT) / points.length;
  const bar = Math.min(26, step * 0.66);
  const height = (value: number) => (top === 0 ? 0 : (value / top) * HEIGHT);
  return (
    <figure aria-labelledby={id} className="card chart">
      <figcaption className="section-head" id={id}>
        <h2>{label}</h2>
        <span className="muted small num">
          {median === undefined ? "not known" : `median ${say(median)}`}
          {last === null ? "" : `, last ${say(last)}`}
        </span>
      </figcaption>
      <svg aria-hidden="true" className="chart-svg" viewBox={`0 0 ${WIDTH} ${HEIGHT + 8}`}>
        {[0, 0.5, 1].map((part) => (
          <g key={part}>
            <line
              className="chart-grid"
              x1={LEFT}
              x2={WIDTH}
              y1={4 + HEIGHT * (1 - part)}
              y2={4 + HEIGHT * (1 - part)}
            />
            <text className="chart-axis" textAnchor="end" x={LEFT - 8} y={8 + HEIGHT * (1 - part)}>
              {part === 0 ? "0" : say(top * part)}
            </text>
          </g>
        ))}
        {points.map(({ id: task, state, value }, index) => {
          const x = LEFT + step * index + (step - bar) / 2;
          if (value === null)
            return <circle className="chart-none" cx={x + bar / 2} cy={HEIGHT} key={task} r="2" />;
          return (
            <rect
              className={state === "COMPLETE" ? "chart-bar" : "chart-bar chart-bar-open"}
              height={Math.max(1.5, height(value))}
              key={task}
              rx="2.5"
              width={bar}
              x={x}
              y={4 + HEIGHT - Math.max(1.5, height(value))}
            >
              <title>{`${task}: ${say(value)}, ${STATE_LOOK[state].word}`}</title>
            </rect>
          );
        })}
      </svg>
      <table className="sr-only">
        <caption>{label} of each task, oldest first</caption>
        <tbody>
          {points.map(({ id: task, state, value }) => (
            <tr key={task}>
              <th scope="row">{task}</th>
              <td>{value === null ? "unknown" : say(value)}</td>
              <td>{STATE_LOOK[state].word}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p aria-hidden="true" className="chart-key small muted">
        <span className="key key-full" /> complete <span className="key key-open" /> ended otherwise
      </p>
    </figure>
  );
}
