import { createPublicKey, type KeyObject } from "node:crypto";
import { sha256 } from "../evidence/read-journal.ts";

/** @returns what names a public key in envelopes and on screens: the sha256 of its SubjectPublicKeyInfo, DER. */
export function keyIdOf(key: KeyObject): string {
  return sha256(key.export({ type: "spki", format: "der" }));
}

/** The points of smallest order have encodings that OpenSSL takes and RFC 8032 doesn't, so none of them is a key here. */
function isOfSmallOrder(key: KeyObject): boolean {
  const point = key.export({ type: "spki", format: "der" }).subarray(-32).reverse();
  const y = BigInt(`0x${point.toString("hex")}`) % 2n ** 255n;
  return y <= 1n || y >= 2n ** 255n - 20n;
}

/** @returns null where `pem` is no Ed25519 public key. */
export function parsePublicKey(pem: string): KeyObject | null {
  try {
    // A private key would be taken, too, and its public half made of it.
    if (!pem.startsWith("-----BEGIN PUBLIC KEY-----")) return null;
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === "ed25519" && !isOfSmallOrder(key) ? key : null;
  } catch {
    return null;
  }
}

export function publicKeyPem(key: KeyObject): string {
  return key.export({ type: "spki", format: "pem" }).toString();
}
