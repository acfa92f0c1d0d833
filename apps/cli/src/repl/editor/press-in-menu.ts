import { replace, settled } from "./edit.ts";
import type {
  Completion,
  CompletionItem,
  EditorContext,
  EditorKey,
  EditorState,
  EditorStep,
} from "./editor-state.ts";
import { enter } from "./enter.ts";

/** @returns the row of the menu that is chosen, or null where no menu is to be shown. */
export function menuRowOf(state: EditorState, completion: Completion | null): number | null {
  if (completion === null || completion.items.length === 0 || state.menuClosed) return null;
  return Math.min(state.menuRow ?? 0, completion.items.length - 1);
}

/** @returns null where no menu is shown, or where `key` is none of its keys. */
export function pressInMenu(
  state: EditorState,
  key: EditorKey,
  { completion }: EditorContext,
): EditorStep | null {
  if (key.kind !== "key" || completion === null) return null;
  const row = menuRowOf(state, completion);
  const item = row === null ? undefined : completion.items[row];
  if (row === null || item === undefined) {
    return key.name === "tab" && state.menuClosed ? only({ ...state, menuClosed: false }) : null;
  }
  const rows = completion.items.length;
  switch (key.name) {
    case "up":
    case "back-tab":
      return only({ ...settled(state), menuRow: (row + rows - 1) % rows });
    case "down":
      return only({ ...settled(state), menuRow: (row + 1) % rows });
    case "tab":
      return only(accept(state, completion, item.insert));
    case "escape":
      return only({ ...settled(state), menuClosed: true });
    case "enter":
      return pressEnter(state, completion, item);
    default:
      return null;
  }
}

/**
 * What is typed in full is sent as it is, and so is what only resembles a row nobody chose: a mistyped command is to be an
 * error, not another command; an argument need not be one of those offered.
 */
function pressEnter(state: EditorState, completion: Completion, item: CompletionItem): EditorStep | null {
  const typed = state.text.slice(completion.start, completion.end);
  const name = item.insert.trimEnd();
  if (state.menuRow === null) {
    if (typed === name || completion.kind === "argument") return null;
    if (completion.kind === "command" && !name.startsWith(typed)) return null;
  }
  const isLast = state.text.slice(completion.end).trim() === "";
  if (item.whole && isLast) return enter(accept(state, completion, name));
  return only(accept(state, completion, item.insert));
}

function accept(state: EditorState, { start, end }: Completion, insert: string): EditorState {
  const hasSpace = insert.endsWith(" ") && state.text.charAt(end) === " ";
  return replace(state, start, hasSpace ? end + 1 : end, insert);
}

function only(state: EditorState): EditorStep {
  return { state, effects: [] };
}
