import picomatch from "picomatch";
import { isProtected } from "./file-classes.ts";

// A leading "!" would turn a scope into everything else, and extglobs of an agent's making can take for ever.
const OPTIONS = { dot: true, nonegate: true, noextglob: true, nocase: false } as const;

/**
 * @returns a test for paths that the scope entries cover: globs, literal paths, and folders with all that is below.
 */
export function scopeMatcher(entries: readonly string[]): (path: string) => boolean {
  const tests = entries.map(entryMatcher);
  return (path) => tests.some((matches) => matches(path));
}

const WILDCARD = /[*?[\]{}]/;

/**
 * Only what an entry names itself: a file by its last part, and protected folders with all that is below. `**`,
 * `packages/app/**` or `packages/app` say where to work; that is no permission to touch what is protected there.
 */
export function namingMatcher(entries: readonly string[]): (path: string) => boolean {
  const tests = entries.map(namingEntry);
  return (path) => tests.some((names) => names(path));
}

function namingEntry(entry: string): (path: string) => boolean {
  const pattern = clean(entry);
  const parts = pattern.split("/");
  while (parts.length > 0 && WILDCARD.test(parts.at(-1) ?? "")) parts.pop();
  // Whatever lies in a folder that is protected as such.
  if (parts.length > 0 && isProtected(`${parts.join("/")}/x`)) return entryMatcher(entry);
  const isFile = parts.length === pattern.split("/").length && pattern !== "";
  const matches = isFile ? globMatcher(pattern) : () => false;
  return (path) => path === pattern || matches(path);
}

function entryMatcher(entry: string): (path: string) => boolean {
  const pattern = clean(entry);
  if (pattern === "") return () => entry.trim() !== "";
  const literal = (path: string) => path === pattern || path.startsWith(`${pattern}/`);
  const globs = [globMatcher(pattern), globMatcher(`${pattern}/**`)];
  // Brackets and parentheses are also part of real names, such as app/[slug]/page.tsx.
  return (path) => literal(path) || globs.some((matches) => matches(path));
}

function globMatcher(pattern: string): (path: string) => boolean {
  try {
    const matches = picomatch(pattern, OPTIONS);
    return (path) => matches(path);
  } catch {
    return () => false;
  }
}

/** `./src/` is `src`, `.` is everything. */
function clean(entry: string): string {
  return entry
    .trim()
    .replace(/^(?:\.\/)+/, "")
    .replace(/^\.$/, "")
    .replace(/\/+$/, "");
}
