import type { EditorState, PastedText } from "./editor-state.ts";

const CHIP_LINES = 10;
const CHIP_CHARACTERS = 1000;
const FIRST_MARK = 0xe000;
const LAST_MARK = 0xf8ff;

/** What is inserted for a text: itself, or the mark of a chip. */
export interface Inserted {
  readonly text: string;
  readonly pastes: readonly PastedText[];
}

/**
 * @returns `text` as it may stand in the editor. It becomes a chip where it is large, so that no key costs more for it, and
 * where it holds a character that already stands for a chip.
 */
export function asInserted(state: EditorState, text: string): Inserted {
  const { pastes } = state;
  if (!isLarge(text) && !pastes.some(({ mark }) => text.includes(mark))) return { text, pastes };
  const same = pastes.find(({ content }) => content === text);
  if (same !== undefined) return { text: same.mark, pastes };
  const mark = freeMark(state);
  if (mark === null) return { text, pastes };
  return { text: mark, pastes: [...pastes, { mark, content: text, label: chipLabel(text) }] };
}

/** @returns `text` with every chip unfolded. */
export function unfold(pastes: readonly PastedText[], text: string): string {
  if (pastes.length === 0) return text;
  const contents = new Map(pastes.map(({ mark, content }) => [mark, content]));
  return text.replace(/[\uE000-\uF8FF]/g, (mark) => contents.get(mark) ?? mark);
}

/** @returns what a chip shows for `content`. */
export function chipLabel(content: string): string {
  const lines = content.split("\n").length - (content.endsWith("\n") ? 1 : 0);
  return `[Pasted ${lines} ${lines === 1 ? "line" : "lines"}, ${size(Buffer.byteLength(content))}]`;
}

/** @returns whether `text` is shown as a chip: more than 10 lines, or 1,000 characters. */
export function isLarge(text: string): boolean {
  return text.length > CHIP_CHARACTERS || text.split("\n", CHIP_LINES + 2).length > CHIP_LINES;
}

function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 999_950 ? `${(bytes / 1000).toFixed(1)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** A private-use character that occurs nowhere in the editor: powerline fonts use some of them. */
function freeMark(state: EditorState): string | null {
  const texts = [state.text, state.stash, state.killed, ...state.undo.map(({ text }) => text)];
  if (state.beforeSearch !== null) texts.push(state.beforeSearch.text);
  const used = new Set(state.pastes.map(({ mark }) => mark));
  for (let code = FIRST_MARK + state.pastes.length; code <= LAST_MARK; code++) {
    const mark = String.fromCharCode(code);
    if (!used.has(mark) && !texts.some((text) => text.includes(mark))) return mark;
  }
  return null;
}
