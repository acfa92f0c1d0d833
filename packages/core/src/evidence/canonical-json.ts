import canonicalize from "canonicalize";

// A CommonJS function whose types claim an ES default export: what is imported is the function itself.
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

/** @returns whether `text` is what `canonicalJson` makes of `value`, which was parsed from it; faster than making it. */
export function isCanonicalJson(text: string, value: unknown): boolean {
  return JSON.stringify(value) === text && hasSortedKeys(value);
}

/** @returns the same data as `canonicalJson`, indented for people; equal input gives equal bytes. */
export function prettyCanonicalJson(value: unknown): string {
  return `${JSON.stringify(withSortedKeys(value), null, 2)}\n`;
}

function hasSortedKeys(value: unknown): boolean {
  if (value === null || typeof value !== "object") return true;
  if (!Array.isArray(value)) {
    const keys = Object.keys(value);
    if (keys.some((key, index) => index > 0 && key < (keys[index - 1] ?? ""))) return false;
  }
  return Object.values(value).every(hasSortedKeys);
}

function withSortedKeys(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(withSortedKeys);
  // From entries, since `__proto__` as a key of a literal would not be one.
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, withSortedKeys(inner)]));
}
