import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, isCanonicalJson, prettyCanonicalJson } from "../../src/evidence/canonical-json.ts";

/** Keys that JavaScript itself would put in another order are left out: no line of ours has such. */
const json = fc.jsonValue().filter((value) => !/"(0|[1-9]\d*)":/.test(JSON.stringify(value)));

describe("canonical JSON", () => {
  it("sorts keys as RFC 8785 says: by their UTF-16 units", () => {
    const keys = { "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7 };
    expect(Object.keys(JSON.parse(canonicalJson(keys)))).toEqual([
      "1",
      "\r",
      "\u0080",
      "\u00f6",
      "\u20ac",
      "\ud83d\ude00",
      "\ufb33",
    ]);
    expect(canonicalJson({ b: 1e21, a: -0, c: 0.000001, d: undefined })).toBe(
      '{"a":0,"b":1e+21,"c":0.000001}',
    );
  });

  it("is told from every other text of the same data", () => {
    const property = fc.property(json, (value) => {
      const text = canonicalJson(value);
      const parsed: unknown = JSON.parse(text);
      expect(isCanonicalJson(text, parsed)).toBe(true);
      expect(isCanonicalJson(` ${text}`, parsed)).toBe(false);
      const written = JSON.stringify(value);
      expect(isCanonicalJson(written, JSON.parse(written))).toBe(written === text);
    });
    void fc.assert(property, { numRuns: 500 });
    for (const text of ['{"a":1,"a":1}', '{"a":1.0}', '"\\u0041"', '{"b":1,"a":2}', '[{"b":1,"a":2}]'])
      expect(isCanonicalJson(text, JSON.parse(text))).toBe(false);
  });

  it("is the same data where it is indented for people", () => {
    const property = fc.property(json, (value) => {
      expect(canonicalJson(JSON.parse(prettyCanonicalJson(value)))).toBe(canonicalJson(value));
    });
    void fc.assert(property, { numRuns: 200 });
  });

  it("refuses what JSON can't hold", () => {
    expect(() => canonicalJson(Number.NaN)).toThrow();
    expect(() => canonicalJson(undefined)).toThrow(TypeError);
  });
});
