import { createRequire } from "node:module";

// A CommonJS module whose types claim a default export: `require` is the one way that types and bundler agree on.
const serialize = createRequire(import.meta.url)("canonicalize") as (value: unknown) => string | undefined;

/**
 * @returns `value` as canonical JSON (RFC 8785): keys sorted, no white space, one form for each number.
 * Keys whose value is undefined are left out. @throws TypeError for what JSON can't hold.
 */
export function canonicalJson(value: unknown): string {
  const text = serialize(value);
  if (text === undefined) throw new TypeError("not a JSON value");
  return text;
}

/** @returns the same data as `canonicalJson`, indented for people; equal input gives equal bytes. */
export function prettyCanonicalJson(value: unknown): string {
  return `${JSON.stringify(JSON.parse(canonicalJson(value)), null, 2)}\n`;
}
