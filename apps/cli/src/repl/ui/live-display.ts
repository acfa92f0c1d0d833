/**
 * The display of people who see: items above, the live region below. Ink puts its parts together, once it is loaded: loading it
 * takes as long as all the rest, and the first prompt, a few rows below each other, does not wait for it.
 */
import { cardText } from "./card-lines.ts";
import type { Display } from "./display.ts";
import { type LiveModel, liveModel, SECTIONS } from "./live-model.ts";
import { createScreen, type Size } from "./screen.ts";

export function createLiveDisplay(write: (text: string) => void, size: () => Size): Display {
  const screen = createScreen(write, size);
  let rowsOf = (model: LiveModel, _columns: number): readonly string[] =>
    SECTIONS.flatMap((name) => model[name]);
  setImmediate(() =>
    import("./ink-frames.tsx").then(({ createInkFrames }) => {
      rowsOf = createInkFrames();
    }),
  );
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
      const rows = rowsOf(model, input.size.columns);
      screen.update(lines, { lines: rows, cursor: model.cursor });
      return approval;
    },
    scrollAway: screen.scrollAway,
    erase: screen.erase,
    forget: screen.forget,
    ticks: true,
  };
}
