import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { parsePublicKey, publicKeyPem } from "../../src/attestation/public-key.ts";

const P = 2n ** 255n - 19n;

/** @param y of a point on the curve. @param sign of its x, 0 or 1. */
function pemOf(y: bigint, sign: 0 | 1): string {
  const point = Buffer.from((y + (sign ? 2n ** 255n : 0n)).toString(16).padStart(64, "0"), "hex").reverse();
  const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), point]);
  return `-----BEGIN PUBLIC KEY-----\n${der.toString("base64")}\n-----END PUBLIC KEY-----\n`;
}

it("takes every key that is made", () => {
  fc.assert(
    fc.property(fc.constant(null), () => {
      const pem = publicKeyPem(generateKeyPairSync("ed25519").publicKey);
      const key = parsePublicKey(pem);
      expect(key && publicKeyPem(key)).toBe(pem);
    }),
    { numRuns: 20 },
  );
});

it.each([0n, 1n, P - 1n, P, P + 1n])("takes no point of small order as a key: %s", (y) => {
  expect([parsePublicKey(pemOf(y, 0)), parsePublicKey(pemOf(y, 1))]).toEqual([null, null]);
});
