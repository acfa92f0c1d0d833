import { isUtf8 } from "node:buffer";
import type { KeyObject } from "node:crypto";
import { parsePublicKey, publicKeyPem } from "./public-key.ts";

/** @returns whether a person named a key by its id (`keyIdOf`) and not by a file. */
export const isKeyId = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

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
