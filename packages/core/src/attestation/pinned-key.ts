import { isUtf8 } from "node:buffer";
import type { KeyObject } from "node:crypto";
import { parsePublicKey, publicKeyPem } from "./public-key.ts";

/**
 * The key that a person has in a file: one PEM block whatever its line ends, and nothing else. tools/verify.mjs and
 * tools/verify.py read it just so. @returns null for anything else.
 */
export function parsePinnedKey(file: Buffer): KeyObject | null {
  if (!isUtf8(file)) return null;
  const lines = file.toString("utf8").replace(/\r\n?/g, "\n").replace(/\n+$/, "");
  const key = parsePublicKey(lines);
  return key && publicKeyPem(key) === `${lines}\n` ? key : null;
}
