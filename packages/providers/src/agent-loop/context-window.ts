/**
 * Keeps a conversation within what the model can read. Pure.
 *
 * Invariants of what is kept:
 * W1 every tool call has its result and every result its call;
 * W2 the order is kept, and so are the first message (the task) and the last turn;
 * W3 its size is at most `target`, or null is returned: then even the least is too long.
 */
import { type Entry, entryOf, sumTokens, tokensOfText, userEntry } from "./conversation.ts";
import type { Message, ToolPart } from "./model-types.ts";

export interface ShrinkInput {
  readonly entries: readonly Entry[];
  /** Tokens. To make it much smaller seldom is better than a little often: a prompt cache knows beginnings only. */
  readonly target: number;
}

/** Turns whose tool outputs the model is likely still working with. */
const FRESH_TURNS = 3;
/** Shorter outputs are not worth a line in their place. */
const SHORT_TOKENS = 60;
const ARGUMENT_CHARS = 80;

/** First the old outputs of tools are dropped, then whole old turns, then the outputs of fresh ones but the last. */
export function shrink({ entries, target }: ShrinkInput): readonly Entry[] | null {
  const [task, ...rest] = entries.filter(({ isNote }) => isNote !== true);
  if (task === undefined) return null;
  const wasNote = entries.find(({ isNote }) => isNote === true);
  const turns = turnsOf(rest);
  const state = { turns, size: sumTokens(entries) };

  dropOutputs(state, Math.max(0, turns.length - FRESH_TURNS), target);
  if (state.size <= target) return join(task, wasNote, state.turns);

  const note = noteEntry();
  state.size += wasNote === undefined ? note.tokens : 0;
  dropTurns(state, FRESH_TURNS, target);
  dropOutputs(state, state.turns.length - 1, target);
  dropTurns(state, 1, target);
  return state.size <= target ? join(task, note, state.turns) : null;
}

type Turn = readonly Entry[];
interface State {
  turns: Turn[];
  size: number;
}

/** What the model said and what its tools answered belong together; so does what we said with nothing. */
function turnsOf(entries: readonly Entry[]): Turn[] {
  const turns: Entry[][] = [];
  for (const entry of entries) {
    const last = turns.at(-1);
    if (entry.message.role === "tool" && last !== undefined) last.push(entry);
    else turns.push([entry]);
  }
  return turns;
}

/** Of the first `count` turns, oldest first, until it fits. */
function dropOutputs(state: State, count: number, target: number): void {
  for (let index = 0; index < count && state.size > target; index += 1) {
    const turn = state.turns[index] ?? [];
    const shorter = turn.map((entry) => withoutOutputs(entry, turn));
    state.size += sumTokens(shorter) - sumTokens(turn);
    state.turns[index] = shorter;
  }
}

/** Oldest first, until it fits or `keep` are left. */
function dropTurns(state: State, keep: number, target: number): void {
  let dropped = 0;
  while (state.size > target && state.turns.length - dropped > keep) {
    state.size -= sumTokens(state.turns[dropped] ?? []);
    dropped += 1;
  }
  state.turns.splice(0, dropped);
}

function withoutOutputs(entry: Entry, turn: Turn): Entry {
  if (entry.message.role !== "tool") return entry;
  const content = entry.message.content.map((part) => (isLong(part) ? summarised(part, turn) : part));
  return entryOf({ ...entry.message, content });
}

function isLong(part: ToolPart): part is Extract<ToolPart, { type: "tool-result" }> {
  return part.type === "tool-result" && tokensOfText(textOf(part)) > SHORT_TOKENS;
}

function textOf(part: Extract<ToolPart, { type: "tool-result" }>): string {
  return "value" in part.output ? String(part.output.value) : "";
}

function summarised(part: Extract<ToolPart, { type: "tool-result" }>, turn: Turn): ToolPart {
  const lines = textOf(part).split("\n").length;
  const about = argumentOf(part.toolCallId, turn);
  const call = about === "" ? part.toolName : `${part.toolName} ${about}`;
  const value = `[${call}: ${lines} lines, dropped; do it again if you need them]`;
  return { ...part, output: { type: "text", value } };
}

function argumentOf(id: string, turn: Turn): string {
  for (const { message } of turn) {
    if (message.role !== "assistant") continue;
    const call = message.content.find((part) => part.type === "tool-call" && part.toolCallId === id);
    if (call?.type === "tool-call") return firstArgument(call.input);
  }
  return "";
}

function firstArgument(input: unknown): string {
  const [first] = Object.values(Object(input) as Record<string, unknown>);
  const text = Array.isArray(first) ? first.join(" ") : String(first ?? "");
  return text.length > ARGUMENT_CHARS ? `${text.slice(0, ARGUMENT_CHARS - 1)}…` : text;
}

function noteEntry(): Entry {
  return {
    ...userEntry("[Earlier turns were left out here to save room. Look again where you need to.]"),
    isNote: true,
  };
}

function join(task: Entry, note: Entry | undefined, turns: readonly Turn[]): Entry[] {
  return [task, ...(note === undefined ? [] : [note]), ...turns.flat()];
}

/** What goes over the wire. */
export function messagesOf(entries: readonly Entry[]): Message[] {
  return entries.map(({ message }) => message);
}
