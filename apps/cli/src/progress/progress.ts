import type { EngineEvent } from "@pm/core";
import type { CommandContext } from "../commands/command.ts";
import { createPainter } from "../render/painter.ts";
import { finishedLines } from "./finished-lines.ts";
import { endedLine, liveLines } from "./live-lines.ts";
import { createLiveRegion } from "./live-region.ts";
import { advance, INITIAL_PROGRESS, type ProgressState } from "./progress-state.ts";

/** Shows on stderr what a run does. */
export interface Progress {
  onEvent(event: EngineEvent): void;
  /** A line of `pm`'s own, shown unless quiet. */
  say(line: string): void;
  /** Takes the live region away; call it before anything else is printed. */
  close(): void;
}

const TICK_MS = 1_000;

/**
 * A live region on a terminal, plain lines elsewhere, nothing with `--quiet`.
 * @param known tasks that an earlier run of the session was given; its events are not told again
 */
export function createProgress(
  { io, style }: CommandContext,
  known: ProgressState["submitted"] = [],
): Progress {
  const paint = createPainter(style.color.stderr);
  const live = io.stderr.isTTY && io.env.TERM !== "dumb" && !style.quiet;
  const region = live ? createLiveRegion(io.stderr) : null;
  let state: ProgressState = { ...INITIAL_PROGRESS, submitted: known };

  const draw = () => {
    const started = state.task !== null || state.running !== null;
    const shown = started && state.ended === null;
    region?.draw(shown ? liveLines(state, io.monotonic(), io.stderr.columns(), paint) : []);
  };
  const print = (lines: readonly string[]) => {
    if (style.quiet || lines.length === 0) return;
    if (region === null) io.stderr.write(lines.map((line) => `${line}\n`).join(""));
    else region.print(lines);
  };
  const stopTicking = region === null ? () => {} : io.every(TICK_MS, draw);
  const stopResizing = region === null ? () => {} : io.stderr.onResize(draw);

  return {
    onEvent(event) {
      const now = io.monotonic();
      const before = state;
      state = advance(before, event, now);
      const ended = event.kind === "journal" && event.event.type === "task.ended";
      if (region !== null && ended) print([endedLine(state, io.stderr.columns(), paint)]);
      print(finishedLines(before, state, event, now, region === null));
      draw();
    },
    say(line) {
      print([line]);
      draw();
    },
    close() {
      stopTicking();
      stopResizing();
      region?.draw([]);
    },
  };
}
