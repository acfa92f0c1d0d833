/**
 * The display for screen readers: lines are appended, nothing is ever drawn over, and there is no live region. What is typed is
 * echoed as it is typed; a change within it is told by a new line with the whole of it.
 */

import type { Painter } from "../../render/painter.ts";
import type { ReplView } from "../controller/repl-controller.ts";
import { approvalLines } from "../plain/item-lines.ts";
import { choiceLines } from "./card-lines.ts";
import type { Display, DisplayInput } from "./display.ts";
import { PROMPT_COLUMNS } from "./live-model.ts";

const PROMPT = "> ";
/** One row: what is typed is not wrapped by us. */
const UNWRAPPED = 1_000_000;

export function createAppendOnly(write: (text: string) => void, paint: Painter): Display {
  /** What stands on the last line after the prompt; null while there is no prompt. */
  let echoed: string | null = null;
  let card: string | null = null;
  let said: string | null = null;

  const lines = (of: readonly string[]) => of.map((line) => `${line}\r\n`).join("");

  function told({ approval }: ReplView, columns: number): readonly string[] {
    if ((approval?.digest ?? null) === card) return [];
    card = approval?.digest ?? null;
    return approval === null
      ? []
      : [...approvalLines(approval, paint), ...choiceLines(columns - PROMPT_COLUMNS, paint)];
  }

  function heard(hint: string | null): readonly string[] {
    const isNew = hint !== null && hint !== said;
    said = hint;
    return isNew ? [hint] : [];
  }

  return {
    update(above, { view, editor, size, hint }: DisplayInput) {
      const fresh = [...above, ...told(view, size.columns), ...heard(hint)];
      const { rows } = editor.layout(UNWRAPPED, UNWRAPPED);
      const text = rows.join("\r\n  ");
      const isShown = echoed !== null;
      if (fresh.length > 0) write(`${isShown ? "\r\n" : ""}${lines(fresh)}${PROMPT}${text}`);
      else if (echoed === null) write(`${PROMPT}${text}`);
      else if (text !== echoed)
        write(text.startsWith(echoed) ? text.slice(echoed.length) : `\r\n${PROMPT}${text}`);
      echoed = text;
      return view.approval;
    },
    scrollAway() {},
    erase() {
      if (echoed !== null) write("\r\n");
      echoed = null;
    },
    forget() {
      echoed = null;
    },
    ticks: false,
  };
}
