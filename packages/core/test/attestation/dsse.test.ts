import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openEnvelope, preAuthEncoding, sealEnvelope } from "../../src/attestation/dsse.ts";
import { keyIdOf } from "../../src/attestation/public-key.ts";

function makeKey() {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  return { private: privateKey, public: publicKey, id: keyIdOf(publicKey) };
}
const key = makeKey();

describe("an envelope", () => {
  it("signs what the DSSE specification's example encodes", () => {
    const encoded = preAuthEncoding("http://example.com/HelloWorld", Buffer.from("hello world"));
    expect(encoded.toString()).toBe("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  });

  it("counts bytes, not characters", () => {
    expect(preAuthEncoding("t", Buffer.from("日本")).toString()).toBe("DSSEv1 1 t 6 日本");
  });

  it("gives back any payload, signed by its key and by no other", () => {
    const other = makeKey();
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (payload) => {
        const envelope = openEnvelope(Buffer.from(sealEnvelope(payload, key)));
        expect(envelope?.payload.equals(Buffer.from(payload))).toBe(true);
        expect(envelope?.keyId).toBe(key.id);
        expect(envelope?.isSignedBy(key.public)).toBe(true);
        expect(envelope?.isSignedBy(other.public)).toBe(false);
      }),
    );
  });

  it("has the same bytes for the same payload and key", () => {
    expect(sealEnvelope("{}", key)).toBe(sealEnvelope("{}", key));
  });

  it("is refused after any change of any byte", () => {
    const file = Buffer.from(sealEnvelope('{"a":1}', key));
    for (let at = 0; at < file.length; at += 1) {
      for (const mask of [1, 0x20, 0x80]) {
        const altered = Buffer.from(file);
        altered[at] = (altered[at] ?? 0) ^ mask;
        const envelope = openEnvelope(altered);
        const accepted = envelope?.keyId === key.id && envelope.isSignedBy(key.public);
        expect(accepted, `byte ${at}, mask ${mask}`).toBe(false);
      }
    }
  });

  it("is refused with white space, a second signature, or another text for the same bytes", () => {
    const text = sealEnvelope("{}", key);
    const parsed = JSON.parse(text);
    const twice = { ...parsed, signatures: [...parsed.signatures, ...parsed.signatures] };
    for (const other of [`${text}\n`, text.trimEnd(), JSON.stringify(parsed, null, 1), JSON.stringify(twice)])
      expect(openEnvelope(Buffer.from(other))).toBeNull();
    // "e30=" and "e31=" are the same two bytes to a lenient decoder.
    expect(text).toContain('"e30="');
    expect(openEnvelope(Buffer.from(text.replace('"e30="', '"e31="')))).toBeNull();
  });
});
