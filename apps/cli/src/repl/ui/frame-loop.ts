/**
 * When something is drawn: at once for a key, a few times a second for what goes on meanwhile, and once a second while time is
 * shown. An idle REPL draws nothing and has no timer.
 *
 * Invariants: what is printed keeps its order and is never dropped; the newest state is always drawn in the end.
 */

/** Frames for what runs: more would only cost bytes on a slow line. */
const SOON_MS = 150;
/** Keys that arrive faster share a frame. */
const NOW_MS = 15;
const SECOND_MS = 1000;

export interface FrameLoop {
  /** To be printed above the live region with the next frame. */
  print(lines: readonly string[]): void;
  request(when: "now" | "soon"): void;
  /** Whether times are on the screen. */
  tick(on: boolean): void;
  /** Draws what waits to be drawn. */
  flush(): void;
  end(): void;
}

/** @param draw puts lines above the region, for good, and draws the region */
export function createFrameLoop(draw: (above: readonly string[]) => void): FrameLoop {
  let above: string[] = [];
  let timer: NodeJS.Timeout | null = null;
  let due = 0;
  let lastAt = Number.NEGATIVE_INFINITY;
  let ticking: NodeJS.Timeout | null = null;
  let ended = false;

  function flush(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (ended) return;
    lastAt = performance.now();
    const printed = above;
    above = [];
    draw(printed);
  }

  function request(when: "now" | "soon"): void {
    if (ended) return;
    const now = performance.now();
    const at = when === "now" ? Math.max(now, lastAt + NOW_MS) : Math.max(now, lastAt + SOON_MS);
    if (timer !== null) {
      if (due <= at) return;
      clearTimeout(timer);
    }
    due = at;
    timer = setTimeout(flush, at - now);
  }

  return {
    print(lines) {
      above.push(...lines);
      request("soon");
    },
    request,
    tick(on) {
      if (on === (ticking !== null)) return;
      if (ticking !== null) clearInterval(ticking);
      ticking = on ? setInterval(() => request("soon"), SECOND_MS) : null;
    },
    flush,
    end() {
      flush();
      ended = true;
      if (timer !== null) clearTimeout(timer);
      if (ticking !== null) clearInterval(ticking);
    },
  };
}
