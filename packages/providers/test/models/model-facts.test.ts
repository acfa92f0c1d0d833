import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { costOf } from "../../src/models/cost-of.ts";
import { knownList } from "../../src/models/known-list.ts";
import { ANTHROPIC_MODELS, KNOWN_AS_OF, OPENAI_MODELS } from "../../src/models/known-models.ts";
import { factsOf } from "../../src/models/model-facts.ts";
import { priceOf } from "../../src/models/price-of.ts";

const ROWS = [...ANTHROPIC_MODELS, ...OPENAI_MODELS];
const usage = (input: number, read = 0, write = 0, output = 0) => ({
  input_tokens: input,
  cache_read_tokens: read,
  cache_write_tokens: write,
  output_tokens: output,
});

describe("what is known of models", () => {
  it.each(ROWS.map(([id]) => id))("is sane for %s", (id) => {
    const facts = factsOf(id);
    if (facts?.price == null) throw new Error(`nothing is known of ${id}`);
    const { contextTokens, maxOutputTokens, price } = facts;
    expect(maxOutputTokens).toBeGreaterThanOrEqual(4096);
    expect(maxOutputTokens).toBeLessThan(contextTokens);
    for (const { input, output, cacheRead, cacheWrite } of [price, price.long?.price ?? price]) {
      expect(cacheRead).toBeGreaterThan(0);
      expect(cacheRead).toBeLessThanOrEqual(input);
      expect(cacheWrite).toBeGreaterThanOrEqual(input);
      expect(cacheWrite).toBeLessThanOrEqual(input * 1.25 + 1e-9);
      expect(output).toBeGreaterThan(input);
    }
    if (price.long !== undefined) {
      expect(price.long.above).toBeLessThanOrEqual(contextTokens);
      expect(price.long.price.input).toBeGreaterThan(price.input);
    }
  });

  it("names each model once, on a day that has been", () => {
    expect(new Set(ROWS.map(([id]) => id)).size).toBe(ROWS.length);
    expect(Date.parse(KNOWN_AS_OF)).toBeLessThan(Date.now());
  });

  it("takes a dated name for the model, unless the dated one has a row of its own", () => {
    expect(factsOf("claude-sonnet-4-5-20250929")).toEqual(factsOf("claude-sonnet-4-5"));
    expect(factsOf("gpt-4o-2024-08-06")).toEqual(factsOf("gpt-4o"));
    expect(factsOf("gpt-4o-2024-05-13")?.price?.input).toBe(5);
  });

  it.each(["", "no-such-model", "constructor", "__proto__", "claude", "gpt-4o-2024", "GPT-5"])(
    "knows nothing of %j",
    (id) => {
      expect(factsOf(id)).toBeNull();
      expect(priceOf(id)).toBeNull();
      expect(priceOf(id, {})).toBeNull();
    },
  );

  it("lists a few of each provider, newest first, all of them known", () => {
    for (const provider of ["anthropic", "openai"] as const) {
      const ids = knownList(provider).map(({ id }) => id);
      expect(ids.length).toBeGreaterThan(3);
      expect(ids.length).toBeLessThan(12);
      for (const id of ids) expect(factsOf(id)).not.toBeNull();
    }
    expect(knownList("anthropic").every(({ id }) => id.startsWith("claude-"))).toBe(true);
  });
});

describe("priceOf", () => {
  it("lets a person's own price go first, also for a dated name and a model that nobody knows", () => {
    const own = { "claude-opus-5": { input: 1, output: 2 }, mine: { input: 3, output: 4, cache_read: 0.5 } };
    expect(priceOf("claude-opus-5", own)).toEqual({ input: 1, output: 2, cacheRead: 1, cacheWrite: 1 });
    expect(priceOf("claude-opus-5-20260101", own)?.input).toBe(1);
    expect(priceOf("mine", own)).toEqual({ input: 3, output: 4, cacheRead: 0.5, cacheWrite: 3 });
    expect(priceOf("claude-sonnet-5", own)).toEqual(factsOf("claude-sonnet-5")?.price);
  });
});

describe("costOf", () => {
  it("counts each kind of token at its own price, per million", () => {
    const price = { input: 1, output: 10, cacheRead: 0.1, cacheWrite: 2 };
    expect(costOf(usage(1_000_000, 1_000_000, 1_000_000, 1_000_000), price)).toBeCloseTo(13.1);
  });

  it("counts a long call as dearer, and one at the border not", () => {
    const price = priceOf("gpt-6-sol");
    if (price === null) throw new Error("gpt-6-sol is not known");
    expect(costOf(usage(1000, 271_000), price)).toBeCloseTo(0.002 + 0.0542);
    expect(costOf(usage(1000, 271_001), price)).toBeCloseTo(0.004 + 0.1084004);
  });

  it("never costs less for more tokens", async () => {
    const tokens = fc.nat({ max: 500_000 });
    const id = fc.constantFrom(...ROWS.map(([name]) => name));
    const neverLess = async (model: string, input: number, read: number, more: number) => {
      const price = priceOf(model);
      if (price === null) throw new Error(model);
      const less = costOf(usage(input, read), price);
      expect(costOf(usage(input + more, read), price)).toBeGreaterThanOrEqual(less);
      expect(costOf(usage(input, read + more), price)).toBeGreaterThanOrEqual(less);
    };
    await fc.assert(fc.asyncProperty(id, tokens, tokens, tokens, neverLess));
  });
});
