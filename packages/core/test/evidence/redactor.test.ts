import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRedactor, redactDeep } from "../../src/evidence/redactor.ts";

const SECRET = 'canary/+ "é" 0123';
const redactor = createRedactor([SECRET]);
const KEY = `sk-ant-api03-${"aB3".repeat(20)}`;

describe("a redactor", () => {
  it("takes a known secret out in each form in which it travels", () => {
    const json = JSON.stringify(SECRET).slice(1, -1);
    const forms = {
      plain: SECRET,
      json,
      "JSON in JSON": JSON.stringify(json).slice(1, -1),
      url: encodeURIComponent(SECRET),
      "url, lower case": encodeURIComponent(SECRET).replace(/%../g, (code) => code.toLowerCase()),
      form: encodeURIComponent(SECRET).replaceAll("%20", "+"),
      hex: Buffer.from(SECRET).toString("hex"),
      HEX: Buffer.from(SECRET).toString("hex").toUpperCase(),
    };
    for (const [name, form] of Object.entries(forms))
      expect([name, redactor.redact(`before ${form} after`)]).toEqual([
        name,
        "before [redacted:known-secret] after",
      ]);
  });

  it("takes it out of base64 of any text around it", () => {
    const property = fc.property(fc.string(), fc.string(), fc.boolean(), (before, after, forUrls) => {
      const whole = `${before}${SECRET}${after}`;
      const encoded = Buffer.from(whole).toString(forUrls ? "base64url" : "base64");
      const left = Buffer.from(redactor.redact(encoded).replace(/\[redacted:[^\]]*\]/g, " "), "base64");
      expect(redactor.redact(encoded)).toContain("[redacted:known-secret]");
      expect(left.includes("canary")).toBe(false);
      expect(left.includes("0123") && !`${before}${after}`.includes("0123")).toBe(false);
    });
    void fc.assert(property, { numRuns: 300 });
  });

  it("takes out what has the form of a key, also after an escaped line end", () => {
    for (const text of [
      KEY,
      `x=${KEY};`,
      JSON.stringify(`log\n${KEY}\nend`),
      JSON.stringify({ t: `\t${KEY}` }),
    ]) {
      expect(redactor.redact(text)).not.toContain("aB3aB3");
      expect(redactor.redact(text)).toContain("[redacted:");
    }
  });

  it("leaves everything else as it is, and what it made", () => {
    const property = fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
      const once = redactor.redact(`${text}${SECRET}${text}${KEY}`);
      expect(redactor.redact(once)).toBe(once);
      if (!/sk|key|eyJ/i.test(text)) expect(redactor.redact(text)).toBe(text);
    });
    void fc.assert(property, { numRuns: 500 });
  });

  it("keeps no short word for a secret", () => {
    expect(createRedactor(["test", ""]).redact("test passed")).toBe("test passed");
  });

  it("goes into every string of an event but never into a digest", () => {
    const digest = "ab".repeat(32);
    const value = { a: [SECRET, 1, null, true], b: { c: `x ${SECRET}` }, digest };
    expect(redactDeep(value, createRedactor([SECRET, digest]))).toEqual({
      a: ["[redacted:known-secret]", 1, null, true],
      b: { c: "x [redacted:known-secret]" },
      digest,
    });
  });
});
