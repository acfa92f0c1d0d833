import type { Message } from "./model-types.ts";

/** A message and about how many tokens it has, reckoned once. */
export interface Entry {
  readonly message: Message;
  readonly tokens: number;
  /** Ours, in place of what was left out. */
  readonly isNote?: true;
}

/** Bytes to a token: few enough that code and other languages are not taken for shorter than they are. */
const BYTES_PER_TOKEN = 3.5;
/** What surrounds a message on the wire. */
const MESSAGE_TOKENS = 8;

export function tokensOfText(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN);
}

export function entryOf(message: Message): Entry {
  return { message, tokens: MESSAGE_TOKENS + tokensOfText(JSON.stringify(message.content)) };
}

export function userEntry(text: string): Entry {
  return entryOf({ role: "user", content: [{ type: "text", text }] });
}

export function sumTokens(entries: readonly Entry[]): number {
  return entries.reduce((sum, { tokens }) => sum + tokens, 0);
}
