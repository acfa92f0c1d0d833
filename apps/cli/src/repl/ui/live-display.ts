/** The display of people who see: items above, the live region below, drawn with Ink. */
import { createElement } from "react";
import { cardText } from "./card-lines.ts";
import type { Display } from "./display.ts";
import { createInkFrames } from "./ink-frames.ts";
import { liveModel } from "./live-model.ts";
import { LiveRegion } from "./live-region.tsx";
import { createScreen, type Size } from "./screen.ts";

export function createLiveDisplay(write: (text: string) => void, size: () => Size): Display {
  const screen = createScreen(write, size);
  const ink = createInkFrames();
  /** The card that was printed because the region had no room for it. */
  let printed: string | null = null;

  return {
    update(above, input) {
      const { approval } = input.view;
      const model = liveModel(input);
      const lines = [...above];
      if (approval === null) printed = null;
      else if (model.cardNeedsScrollback && printed !== approval.digest) {
        printed = approval.digest;
        lines.push(...cardText(approval, Math.max(1, input.size.columns - 1)));
      }
      const rows = ink.frame(createElement(LiveRegion, { model }), input.size.columns);
      screen.update(lines, { lines: rows, cursor: model.cursor });
      return approval;
    },
    scrollAway: screen.scrollAway,
    erase: screen.erase,
    forget: screen.forget,
    ticks: true,
  };
}
