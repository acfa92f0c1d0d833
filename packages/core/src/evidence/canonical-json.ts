import canonicalize from "canonicalize";

// A CommonJS module whose types claim an export named default: at run time, and in a bundle, the function itself is it.
const serialize = canonicalize as unknown as (value: unknown) => string | undefined;

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
