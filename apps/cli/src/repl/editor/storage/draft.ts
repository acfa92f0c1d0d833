/**
 * What is typed and not sent yet, on disk: `<file>.<pid>.json`, for the user only. A later REPL of the project takes over the
 * draft of a process that is dead.
 *
 * D1 an edit is on disk at most `delay` milliseconds later, whole or not at all;
 * D2 a submitted text stays until it was dealt with: a kill between two cannot lose it;
 * D3 the draft of a live process is never touched, and of two processes only one takes over a dead one's;
 * D4 a secret text is not written, and what was written before it became one is removed;
 * D5 a draft that cannot be written stops no typing; `problem` tells.
 */
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { processIdentity } from "@pm/core";
import { type EditorState, EMPTY_EDITOR, type PastedText } from "../editor-state.ts";
import { takeDeadDraft } from "./dead-draft.ts";
import type { DraftContent } from "./draft-content.ts";

export interface Draft {
  /** What a REPL that died left unsent, as an editor; null where there was nothing. */
  readonly restored: EditorState | null;
  /** Saves the state soon. Costs nothing while a save is waiting. */
  save(state: EditorState): void;
  /** Keeps a submitted text until the function that is given back is called. */
  submitted(text: string): () => void;
  /** Writes now what waits to be written. */
  flush(): void;
  /** Flushes; what is unsent stays on disk for the next REPL. */
  close(): void;
  /** Why drafts are not on disk; null while they are. */
  problem(): string | null;
}

export interface DraftOptions {
  readonly secret?: (text: string) => boolean;
  /** Milliseconds. */
  readonly delay?: number;
}

/** Opens the draft of this process. Never throws. */
export function openDraft(file: string, { secret = () => false, delay = 40 }: DraftOptions = {}): Draft {
  const own = `${file}.${process.pid}.json`;
  let problem: string | null = null;
  let state: EditorState = EMPTY_EDITOR;
  let unsent: readonly string[] = [];
  let timer: NodeJS.Timeout | null = null;
  let onDisk = false;
  /** A large paste is looked through once, not for each key after it. */
  const looked = new WeakMap<PastedText, boolean>();
  const isSecretPaste = (paste: PastedText): boolean => {
    const found = looked.get(paste) ?? secret(paste.content);
    looked.set(paste, found);
    return found;
  };

  function guarded<T>(work: () => T, otherwise: T): T {
    try {
      return work();
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
      return otherwise;
    }
  }

  function write(): void {
    const isSecret = secret(state.text) || state.pastes.some(isSecretPaste);
    const text = isSecret ? "" : state.text;
    if (text === "" && unsent.length === 0) {
      if (onDisk) rmSync(own, { force: true });
      onDisk = false;
      return;
    }
    const pastes = state.pastes.filter(({ mark }) => text.includes(mark));
    const owner = processIdentity(process.pid);
    const content: DraftContent = { owner, text, cursor: isSecret ? 0 : state.cursor, pastes, unsent };
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const temporary = `${file}.${process.pid}.tmp`;
    rmSync(temporary, { force: true });
    writeFileSync(temporary, JSON.stringify(content), { mode: 0o600, flag: "wx" });
    renameSync(temporary, own);
    onDisk = true;
  }

  function flush(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    guarded(write, undefined);
  }

  const restored = guarded(() => takeDeadDraft(file), null);
  if (restored !== null) {
    state = restored.state;
    flush();
    restored.release();
  }

  return {
    restored: restored?.state ?? null,
    save(next) {
      if (next.text === state.text && next.cursor === state.cursor && next.pastes === state.pastes) return;
      state = next;
      timer ??= setTimeout(flush, delay);
    },
    submitted(text) {
      if (secret(text)) return () => {};
      unsent = [...unsent, text];
      flush();
      return () => {
        const at = unsent.indexOf(text);
        unsent = unsent.filter((_, index) => index !== at);
        flush();
      };
    },
    flush,
    close: flush,
    problem: () => problem,
  };
}
