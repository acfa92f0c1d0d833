import { ANTHROPIC_MODELS, type KnownModel, OPENAI_MODELS } from "./known-models.ts";

/** US dollars per million tokens. */
export interface TokenPrice {
  /** Of tokens that were not cached. */
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

export interface ModelPrice extends TokenPrice {
  /** Of a call that is given more than `above` tokens, cached ones included: then all of its tokens cost this. */
  readonly long?: { readonly above: number; readonly price: TokenPrice };
}

/** What a model can take and what it costs, as published on `KNOWN_AS_OF`; a person's own prices go before it (`priceOf`). */
export interface ModelFacts {
  /** Tokens that a conversation may have, the answer included. */
  readonly contextTokens: number;
  readonly maxOutputTokens: number;
  /** Null where it is not known: shown as unknown, and no budget can be kept (E517). */
  readonly price: ModelPrice | null;
}

const KNOWN: ReadonlyMap<string, ModelFacts> = new Map(
  [...ANTHROPIC_MODELS, ...OPENAI_MODELS].map((row) => [row[0], factsIn(row)]),
);

/** @returns null for a model that is not on the list; a dated name (`…-20250929`) is the model without its date. */
export function factsOf(model: string): ModelFacts | null {
  return KNOWN.get(model) ?? KNOWN.get(withoutDate(model)) ?? null;
}

/** `claude-sonnet-4-5-20250929` and `gpt-4o-2024-08-06` without their dates; other names as they are. */
export function withoutDate(model: string): string {
  return model.replace(/-\d{4}-?\d{2}-?\d{2}$/, "");
}

function factsIn([, contextTokens, maxOutputTokens, price, above, longPrice]: KnownModel): ModelFacts {
  const long = above !== undefined && longPrice !== undefined && { above, price: tokenPrice(longPrice) };
  return { contextTokens, maxOutputTokens, price: { ...tokenPrice(price), ...(long && { long }) } };
}

function tokenPrice([input, output, cacheRead, cacheWrite]: KnownModel[3]): TokenPrice {
  return { input, output, cacheRead, cacheWrite };
}
