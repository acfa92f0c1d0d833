/**
 * What models of Anthropic and OpenAI can take and what they cost, as data; nothing here is asked of anybody.
 *
 * Source: the model catalogue of `@earendil-works/pi-ai` 1.6.0 (MIT), published on 2026-11-20, which draws on models.dev and the
 * providers' price lists. Left out: models for a few customers only, names that move (`…-latest`), and what no agent can use.
 * Where an answer in a longer conversation is dearer (`longAbove`), OpenAI's windows are given up to there: the API takes more,
 * at the second price. Where no price for the cache is published, its tokens cost what others do.
 *
 * A newer list: take the catalogue of a newer release, keep the order (newest first), and set the date.
 */
export const KNOWN_AS_OF = "2026-11-20";

/** US dollars per million tokens: input, output, read from the cache, written to it. */
type Price = readonly [input: number, output: number, cacheRead: number, cacheWrite: number];

export type KnownModel = readonly [
  id: string,
  contextTokens: number,
  maxOutputTokens: number,
  price: Price,
  longAbove?: number,
  longPrice?: Price,
];

export const ANTHROPIC_MODELS: readonly KnownModel[] = [
  ["claude-opus-5-5", 1_000_000, 128_000, [4, 20, 0.2, 5]],
  ["claude-sonnet-5-5", 1_000_000, 128_000, [2, 10, 0.1, 2.5]],
  ["claude-haiku-5-5", 1_000_000, 128_000, [0.1, 0.5, 0.01, 0.125], 100_000, [0.5, 2.5, 0.05, 0.625]],
  ["claude-fable-5-2", 1_000_000, 128_000, [8, 40, 0.2, 10]],
  ["claude-fable-5-1", 1_000_000, 128_000, [10, 50, 0.25, 12.5]],
  ["claude-fable-5", 1_000_000, 128_000, [10, 50, 1, 12.5]],
  ["claude-opus-5", 1_000_000, 128_000, [5, 25, 0.5, 6.25]],
  ["claude-sonnet-5", 1_000_000, 128_000, [2, 10, 0.2, 2.5]],
  ["claude-opus-4-8", 1_000_000, 128_000, [5, 25, 0.5, 6.25]],
  ["claude-opus-4-7", 1_000_000, 128_000, [5, 25, 0.5, 6.25]],
  ["claude-opus-4-6", 1_000_000, 128_000, [5, 25, 0.5, 6.25]],
  ["claude-sonnet-4-6", 1_000_000, 128_000, [3, 15, 0.3, 3.75]],
  ["claude-opus-4-5", 200_000, 64_000, [5, 25, 0.5, 6.25]],
  ["claude-sonnet-4-5", 200_000, 64_000, [3, 15, 0.3, 3.75]],
  ["claude-haiku-4-5", 200_000, 64_000, [1, 5, 0.1, 1.25]],
];

export const OPENAI_MODELS: readonly KnownModel[] = [
  ["gpt-6.2-astra", 272_000, 128_000, [8, 40, 0.4, 10], 272_000, [16, 60, 0.8, 20]],
  ["gpt-6.2-sol", 272_000, 128_000, [2, 10, 0.1, 2.5], 272_000, [4, 15, 0.2, 5]],
  ["gpt-6.1-sol", 272_000, 128_000, [2, 10, 0.1, 2.5], 272_000, [4, 15, 0.2, 5]],
  ["gpt-6.1-terra", 272_000, 128_000, [1, 5, 0.05, 1.25], 272_000, [2, 7.5, 0.1, 2.5]],
  ["gpt-6-astra", 272_000, 128_000, [10, 50, 1, 12.5], 272_000, [20, 75, 2, 25]],
  ["gpt-6-sol", 272_000, 128_000, [2, 10, 0.2, 2.5], 272_000, [4, 15, 0.4, 5]],
  ["gpt-6-luna", 272_000, 128_000, [0.1, 0.5, 0.01, 0.125], 272_000, [0.2, 0.75, 0.02, 0.25]],
  ["gpt-5.6-sol", 272_000, 128_000, [4, 20, 0.4, 5], 272_000, [8, 30, 0.8, 10]],
  ["gpt-5.6-terra", 272_000, 128_000, [2, 12, 0.2, 2.5], 272_000, [4, 18, 0.4, 5]],
  ["gpt-5.6-luna", 272_000, 128_000, [0.2, 1.2, 0.02, 0.25], 272_000, [0.4, 1.8, 0.04, 0.5]],
  ["gpt-5.5", 272_000, 128_000, [5, 30, 0.5, 5], 272_000, [10, 45, 1, 10]],
  ["gpt-5.5-pro", 1_050_000, 128_000, [30, 180, 30, 30], 272_000, [60, 270, 60, 60]],
  ["gpt-5.4", 272_000, 128_000, [2.5, 15, 0.25, 2.5], 272_000, [5, 22.5, 0.5, 5]],
  ["gpt-5.4-pro", 1_050_000, 128_000, [30, 180, 30, 30], 272_000, [60, 270, 60, 60]],
  ["gpt-5.4-mini", 400_000, 128_000, [0.75, 4.5, 0.075, 0.75]],
  ["gpt-5.4-nano", 400_000, 128_000, [0.2, 1.25, 0.02, 0.2]],
  ["gpt-5.3-codex", 400_000, 128_000, [1.75, 14, 0.175, 1.75]],
  ["gpt-5.3-codex-spark", 128_000, 32_000, [1.75, 14, 0.175, 1.75]],
  ["gpt-5.2", 400_000, 128_000, [1.75, 14, 0.175, 1.75]],
  ["gpt-5.2-pro", 400_000, 128_000, [21, 168, 21, 21]],
  ["gpt-5.1", 400_000, 128_000, [1.25, 10, 0.125, 1.25]],
  ["gpt-5", 400_000, 128_000, [1.25, 10, 0.125, 1.25]],
  ["gpt-5-pro", 400_000, 128_000, [15, 120, 15, 15]],
  ["gpt-5-mini", 400_000, 128_000, [0.25, 2, 0.025, 0.25]],
  ["gpt-5-nano", 400_000, 128_000, [0.05, 0.4, 0.005, 0.05]],
  ["gpt-4.1", 1_047_576, 32_768, [2, 8, 0.5, 2]],
  ["gpt-4.1-mini", 1_047_576, 32_768, [0.4, 1.6, 0.1, 0.4]],
  ["gpt-4.1-nano", 1_047_576, 32_768, [0.1, 0.4, 0.025, 0.1]],
  ["gpt-4o", 128_000, 16_384, [2.5, 10, 1.25, 2.5]],
  ["gpt-4o-2024-05-13", 128_000, 4096, [5, 15, 5, 5]],
  ["gpt-4o-mini", 128_000, 16_384, [0.15, 0.6, 0.075, 0.15]],
  ["o1", 200_000, 100_000, [15, 60, 7.5, 15]],
  ["o3", 200_000, 100_000, [2, 8, 0.5, 2]],
  ["o1-pro", 200_000, 100_000, [150, 600, 150, 150]],
  ["o3-pro", 200_000, 100_000, [20, 80, 20, 20]],
  ["o3-mini", 200_000, 100_000, [1.1, 4.4, 0.55, 1.1]],
  ["o4-mini", 200_000, 100_000, [1.1, 4.4, 0.275, 1.1]],
];
