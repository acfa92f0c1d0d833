import { createPublicKey, type KeyObject } from "node:crypto";
import { sha256 } from "../evidence/read-journal.ts";

/** @returns what names a public key in envelopes and on screens: the sha256 of its SubjectPublicKeyInfo, DER. */
export function keyIdOf(key: KeyObject): string {
  return sha256(key.export({ type: "spki", format: "der" }));
}

/** @returns null where `pem` is no Ed25519 public key. */
export function parsePublicKey(pem: string): KeyObject | null {
  try {
    // A private key would be taken, too, and its public half made of it.
    if (!pem.startsWith("-----BEGIN PUBLIC KEY-----")) return null;
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === "ed25519" ? key : null;
  } catch {
    return null;
  }
}

export function publicKeyPem(key: KeyObject): string {
  return key.export({ type: "spki", format: "pem" }).toString();
}
