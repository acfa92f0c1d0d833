import { nextBorder, previousBorder } from "./clusters.ts";
import { insertRaw, moveTo, replace, settled, type, undo } from "./edit.ts";
import type {
  EditorContext,
  EditorEffect,
  EditorKey,
  EditorKeyName,
  EditorState,
  EditorStep,
} from "./editor-state.ts";
import { enter } from "./enter.ts";
import { isLarge, unfold } from "./pastes.ts";
import { pressInMenu } from "./press-in-menu.ts";
import { acceptSearch, pressInSearch, startSearch } from "./press-in-search.ts";
import { moveVertically } from "./vertical.ts";
import { wordLeft, wordRight } from "./words.ts";

/** @returns what `key` makes of `state`, and what is asked for beside it. */
export function pressKey(state: EditorState, key: EditorKey, context: EditorContext): EditorStep {
  const searched = pressInSearch(state, key, context);
  if (searched !== null) return keepingStash(state, searched);
  // What was completed belongs to the text before the search.
  const completion = state.search === null ? context.completion : null;
  const ready = acceptSearch(state);
  return keepingStash(
    ready,
    pressInMenu(ready, key, { ...context, completion }) ?? press(ready, key, context),
  );
}

function press(state: EditorState, key: EditorKey, context: EditorContext): EditorStep {
  if (key.kind === "paste" || (key.kind === "text" && isLarge(key.text))) {
    return only(replace(state, state.cursor, state.cursor, key.text));
  }
  if (key.kind === "text") return only(type(state, key.text));
  switch (key.name) {
    case "enter":
      return enter(state);
    case "interrupt":
      return interrupt(state);
    case "end-of-input":
      return state.text === "" ? { state, effects: [{ kind: "leave" }] } : only(edit(state, "delete"));
    case "escape":
      return { state: settled(state), effects: [{ kind: "interrupt" }] };
    case "clear-screen":
      return { state: settled(state), effects: [{ kind: "clear-screen" }] };
    case "up":
    case "down":
      return only(moveVertically(state, key.name, context));
    case "search":
      return only(startSearch(state));
    case "undo":
      return only(undo(state));
    case "yank":
      return only(state.killed === "" ? settled(state) : insertRaw(state, state.killed));
    case "newline":
      return only(insertRaw(state, "\n"));
    default:
      return only(edit(state, key.name));
  }
}

function edit(state: EditorState, name: EditorKeyName): EditorState {
  const { cursor } = state;
  switch (name) {
    case "left":
      return moveTo(state, previousBorder(state, cursor));
    case "right":
      return moveTo(state, nextBorder(state, cursor));
    case "home":
      return moveTo(state, lineStart(state));
    case "end":
      return moveTo(state, lineEnd(state));
    case "page-up":
      return moveTo(state, 0);
    case "page-down":
      return moveTo(state, state.text.length);
    case "word-left":
      return moveTo(state, wordLeft(state, cursor));
    case "word-right":
      return moveTo(state, wordRight(state, cursor));
    case "backspace":
      return remove(state, previousBorder(state, cursor), cursor);
    case "delete":
      return remove(state, cursor, nextBorder(state, cursor));
    case "delete-word":
      return kill(state, wordLeft(state, cursor), cursor);
    case "delete-word-right":
      return kill(state, cursor, wordRight(state, cursor));
    case "delete-to-start":
      return kill(state, lineStart(state), cursor);
    case "delete-to-end": {
      const end = lineEnd(state);
      // At the end of a line it is the line end that goes.
      return kill(state, cursor, end === cursor ? nextBorder(state, cursor) : end);
    }
    default:
      return settled(state);
  }
}

/** What is cleared goes into the history; undo brings it back as well. */
function interrupt(state: EditorState): EditorStep {
  if (state.text === "") return { state: settled(state), effects: [{ kind: "leave" }] };
  const whole = unfold(state.pastes, state.text);
  const cleared = replace(state, 0, state.text.length, "");
  return { state: cleared, effects: whole.trim() === "" ? [] : [{ kind: "remember", text: whole }] };
}

/**
 * What was typed before the history was walked must not be lost when an entry takes its place, changed or sent: it goes into
 * the history itself.
 */
function keepingStash(before: EditorState, step: EditorStep): EditorStep {
  if (before.historyIndex === null || step.state.historyIndex !== null) return step;
  const stash = unfold(before.pastes, before.stash);
  if (stash.trim() === "" || step.state.text === before.stash) return step;
  const remember: EditorEffect = { kind: "remember", text: stash };
  return { state: step.state, effects: [remember, ...step.effects] };
}

function remove(state: EditorState, start: number, end: number): EditorState {
  return start === end ? settled(state) : replace(state, start, end, "");
}

function kill(state: EditorState, start: number, end: number): EditorState {
  if (start === end) return settled(state);
  return { ...replace(state, start, end, ""), killed: state.text.slice(start, end) };
}

function lineStart({ text, cursor }: EditorState): number {
  return cursor === 0 ? 0 : text.lastIndexOf("\n", cursor - 1) + 1;
}

function lineEnd({ text, cursor }: EditorState): number {
  const end = text.indexOf("\n", cursor);
  return end === -1 ? text.length : end;
}

function only(state: EditorState): EditorStep {
  return { state, effects: [] };
}
