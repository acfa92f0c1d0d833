/**
 * Owns the conversation of one run and how long it is taken to be.
 *
 * Invariants:
 * Y1 a turn costs what it adds: no message is reckoned or written out twice by us;
 * Y2 estimates follow what the API last counted, so that a wrong guess of ours does not last.
 */

import { messagesOf, shrink } from "./context-window.ts";
import { type Entry, entryOf, sumTokens } from "./conversation.ts";
import type { Message } from "./model-types.ts";

export interface History {
  add(message: Message): void;
  /** Estimated tokens of the next call. */
  size(): number;
  /** What the API counted for the call just made. */
  counted(inputTokens: number | undefined): void;
  /** Makes room where it is needed. @returns whether it fits now */
  fit(): boolean;
  /** Makes it half as long as it is, whatever we take it for. @returns whether it could be done */
  halve(): boolean;
  messages(): readonly Message[];
  entries(): readonly Entry[];
}

export interface HistoryInput {
  readonly entries: readonly Entry[];
  /** Tokens of what goes with every call: system prompt and tools. */
  readonly overhead: number;
  readonly contextTokens: number;
  readonly maxOutputTokens: number;
}

const FULL = 0.75;
const AIM = 0.5;
/** However large the window: each turn sends and pays for all of it, and to look at a file again costs less. */
const MOST_TOKENS = 100_000;
/** How far our estimate may be from what an API counts before its count is taken for a mistake. */
const SCALE = { least: 0.75, most: 4 };

export function createHistory(input: HistoryInput): History {
  const { overhead, contextTokens } = input;
  const room = contextTokens - input.maxOutputTokens;
  const full = Math.min(FULL * contextTokens, Math.max(room, AIM * contextTokens), MOST_TOKENS);
  const aim = Math.min(AIM * contextTokens, (AIM / FULL) * full);
  let entries = [...input.entries];
  let tokens = overhead + sumTokens(entries);
  let scale = 1;

  const shrinkTo = (target: number) => {
    const kept = shrink({ entries, target: target / scale - overhead });
    if (kept === null) return false;
    entries = [...kept];
    tokens = overhead + sumTokens(entries);
    return true;
  };
  const size = () => Math.ceil(tokens * scale);

  return {
    add(message) {
      const entry = entryOf(message);
      entries.push(entry);
      tokens += entry.tokens;
    },
    size,
    counted(inputTokens) {
      if (inputTokens === undefined || inputTokens === 0) return;
      scale = Math.min(SCALE.most, Math.max(SCALE.least, inputTokens / tokens));
    },
    fit: () => size() <= full || shrinkTo(aim) || shrinkTo(full),
    halve: () => shrinkTo(size() / 2),
    messages: () => messagesOf(entries),
    entries: () => entries,
  };
}
