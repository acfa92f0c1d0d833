import { literalPattern } from "../text/literal-pattern.ts";
import { SECRET_PATTERNS } from "./secret-patterns.ts";

/** Takes known secrets and what has a secret's form out of text, before anything is hashed or stored. */
export interface Redactor {
  redact(text: string): string;
}

/** Shorter ones are no secrets worth the damage: every "test" in a log would go. */
const SHORTEST_SECRET = 6;

/**
 * @param knownSecrets values such as API keys; also found as base64 (at any offset), hex, URL-encoded and JSON-escaped.
 * @returns a redactor that puts `[redacted:<kind>]` in place of each; redacting twice changes nothing more.
 */
export function createRedactor(
  knownSecrets: readonly string[],
  secretPatterns: readonly { readonly kind: string; readonly pattern: RegExp }[] = SECRET_PATTERNS,
): Redactor {
  const forms = knownSecrets.filter((secret) => secret.length >= SHORTEST_SECRET).flatMap(formsOf);
  const known = forms.length === 0 ? null : new RegExp(alternatives(forms), "g");
  const patterns = secretPatterns.map(({ kind, pattern }) => ({
    replacement: `[redacted:${kind}]`,
    pattern: new RegExp(pattern.source, `${pattern.flags.replace(/[gy]/g, "")}g`),
  }));
  const redactForms = (text: string): string =>
    patterns.reduce((result, { pattern, replacement }) => result.replace(pattern, replacement), text);
  return {
    redact(text) {
      const result = redactForms(known ? text.replace(known, "[redacted:known-secret]") : text);
      // In `\nsk-…` of escaped text the `n` would pass for the end of a longer word, so each piece is looked at alone too.
      return result.includes("\\") ? result.split(ESCAPE).map(redactForms).join("") : result;
    },
  };
}

const ESCAPE = /(\\(?:[nrtbf]|u[0-9a-fA-F]{4}))/;

/** @returns `value` with every string in it redacted; digests and tree ids are left as they are. */
export function redactDeep<T>(value: T, redactor: Redactor): T {
  const visit = (item: unknown): unknown => {
    if (typeof item === "string") return DIGEST.test(item) ? item : redactor.redact(item);
    if (Array.isArray(item)) return item.map(visit);
    if (item === null || typeof item !== "object") return item;
    return Object.fromEntries(Object.entries(item).map(([key, inner]) => [key, visit(inner)]));
  };
  return visit(value) as T;
}

const DIGEST = /^([0-9a-f]{40}|[0-9a-f]{64})$/;

function formsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const url = encodeURIComponent(secret);
  const hex = Buffer.from(secret).toString("hex");
  const forms = [
    secret,
    json,
    JSON.stringify(json).slice(1, -1),
    json.replaceAll("/", "\\/"),
    url,
    url.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    url.replaceAll("%20", "+"),
    hex,
    hex.toUpperCase(),
    ...base64Forms(secret),
  ];
  return [...new Set(forms)];
}

/** Base64 of a longer text shows a secret in one of three ways, by where it starts; its edge letters depend on what is around. */
function base64Forms(secret: string): string[] {
  const length = Buffer.byteLength(secret);
  const inner = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]).toString("base64");
    return encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + length) * 8) / 6));
  });
  return inner.flatMap((form) => [form, form.replaceAll("+", "-").replaceAll("/", "_")]);
}

/** Longest first, so that a form that starts like a shorter one is taken whole. */
function alternatives(forms: readonly string[]): string {
  return [...forms]
    .sort((a, b) => b.length - a.length)
    .map(literalPattern)
    .join("|");
}
