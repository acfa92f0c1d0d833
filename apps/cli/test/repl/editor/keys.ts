import type {
  EditorContext,
  EditorKey,
  EditorKeyName,
  EditorState,
} from "../../../src/repl/editor/editor-state.ts";
import { EMPTY_EDITOR } from "../../../src/repl/editor/editor-state.ts";
import { createKeyReader } from "../../../src/repl/editor/keys/key-reader.ts";
import { pressKey } from "../../../src/repl/editor/press-key.ts";

export const key = (name: EditorKeyName): EditorKey => ({ kind: "key", name });
export const text = (typed: string): EditorKey => ({ kind: "text", text: typed });
export const paste = (pasted: string): EditorKey => ({ kind: "paste", text: pasted });

export const NOTHING: EditorContext = { history: [], completion: null };

/** Presses keys one after the other, and collects what they asked for. */
export function pressAll(
  keys: readonly EditorKey[],
  context: EditorContext = NOTHING,
  from: EditorState = EMPTY_EDITOR,
) {
  const effects = [];
  let state = from;
  for (const one of keys) {
    const step = pressKey(state, one, context);
    state = step.state;
    effects.push(...step.effects);
  }
  return { state, effects };
}

/** What a terminal's bytes are as keys, after the pause that tells a lone Esc. */
export function keysOf(...chunks: (string | Buffer)[]): EditorKey[] {
  const reader = createKeyReader();
  const keys = chunks.flatMap((chunk) => reader.push(Buffer.from(chunk)));
  return merged([...keys, ...reader.flush()]);
}

/** Text that stands beside text is the same as one text. */
export function merged(keys: readonly EditorKey[]): EditorKey[] {
  const found: EditorKey[] = [];
  for (const one of keys) {
    const last = found.at(-1);
    if (one.kind === "text" && last?.kind === "text") {
      found[found.length - 1] = { kind: "text", text: last.text + one.text };
    } else found.push(one);
  }
  return found;
}
