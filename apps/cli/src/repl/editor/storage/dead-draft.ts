import { readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { processIdentity } from "@pm/core";
import { snap } from "../clusters.ts";
import { replace } from "../edit.ts";
import { type EditorState, EMPTY_EDITOR } from "../editor-state.ts";
import { chipLabel } from "../pastes.ts";
import { type DraftContent, isDraft } from "./draft-content.ts";

export interface TakenDraft {
  readonly state: EditorState;
  /** To be called when it is on disk as our own: only then the dead one's goes. */
  release(): void;
}

/**
 * Takes over the newest draft of a process that is dead; others wait for the next REPL.
 * @returns null where there is none; a damaged one is removed
 */
export function takeDeadDraft(file: string): TakenDraft | null {
  for (const path of newestFirst(file)) {
    const pid = pidOf(path);
    const content = read(path);
    if (isOwned(path, pid, content)) continue;
    if (path.endsWith(".tmp")) {
      // Its process was killed while it wrote; the draft before that one is whole.
      rmSync(path, { force: true });
      continue;
    }
    const claim = `${file}.${process.pid}.claim`;
    try {
      if (path !== claim) renameSync(path, claim);
    } catch {
      // Another REPL was quicker.
      continue;
    }
    const taken = read(claim) ?? content;
    if (taken !== null) return { state: stateOf(taken), release: () => rmSync(claim, { force: true }) };
    rmSync(claim, { force: true });
  }
  return null;
}

/** A claim is its taker's by the pid alone: what is in it names the dead. */
function isOwned(path: string, pid: number, content: DraftContent | null): boolean {
  const alive = processIdentity(pid);
  if (alive === null) return false;
  if (path.endsWith(".claim")) return pid !== process.pid;
  const owner = content?.owner;
  if (owner === null || owner === undefined) return pid !== process.pid;
  return owner.pid === pid && owner.start === alive.start && owner.boot === alive.boot;
}

function newestFirst(file: string): readonly string[] {
  const prefix = `${basename(file)}.`;
  const found: { path: string; at: number }[] = [];
  for (const name of listed(dirname(file))) {
    if (!name.startsWith(prefix) || !/^\d+\.(?:json|claim|tmp)$/.test(name.slice(prefix.length))) continue;
    const path = join(dirname(file), name);
    found.push({ path, at: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 });
  }
  return found.sort((a, b) => b.at - a.at).map(({ path }) => path);
}

function listed(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function pidOf(path: string): number {
  return Number(/\.(\d+)\.\w+$/.exec(path)?.[1]);
}

function read(path: string): DraftContent | null {
  try {
    const content: unknown = JSON.parse(readFileSync(path, "utf8"));
    return isDraft(content) ? content : null;
  } catch {
    return null;
  }
}

/** What was submitted and not dealt with stands before what was typed after it. */
function stateOf({ text, cursor, pastes, unsent }: DraftContent): EditorState {
  const chips = pastes.map(({ mark, content }) => ({ mark, content, label: chipLabel(content) }));
  const typed: EditorState = {
    ...EMPTY_EDITOR,
    text,
    pastes: chips,
    cursor: snap({ text, pastes: chips }, cursor),
  };
  return unsent.reduceRight((state, one) => {
    const joined = replace(state, 0, 0, state.text === "" ? one : `${one}\n`);
    return { ...joined, cursor: joined.text.length, undo: [] };
  }, typed);
}
