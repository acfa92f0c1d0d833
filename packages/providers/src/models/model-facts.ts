/** What a model can take and what it costs, as published on `KNOWN_AS_OF`; a person's own prices go before it. */
export interface ModelPrice {
  /** US dollars per million tokens that were not cached. */
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

export interface ModelFacts {
  /** Tokens that a conversation may have, the answer included. */
  readonly contextTokens: number;
  readonly maxOutputTokens: number;
  /** Null where it is not known: shown as unknown, and no budget can be kept (E517). */
  readonly price: ModelPrice | null;
}

export const KNOWN_AS_OF = "2026-11-29";

const KNOWN: Readonly<Record<string, ModelFacts>> = {};

/** @returns null for a model that is not on the list; a dated name (`…-20250929`) is the model without its date. */
export function factsOf(model: string): ModelFacts | null {
  return KNOWN[model] ?? KNOWN[model.replace(/-\d{4}-?\d{2}-?\d{2}$/, "")] ?? null;
}
