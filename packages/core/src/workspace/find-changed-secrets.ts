import type { ChangeSet, FileChange } from "../evidence/change.ts";
import { findSecrets } from "../evidence/secret-patterns.ts";

/** Shorter known values would be found everywhere. */
const SHORTEST_KNOWN = 8;

/** Text searched before an event loop turn is given back: a lease that nobody renews meanwhile is lost. */
const WINDOW = 4 * 1024 * 1024;
/** Longer than any secret, so that none is cut in two by the windows. */
const OVERLAP = 32 * 1024;

/**
 * @param known exact values that must not appear, such as the keys in use
 * @returns what of a secret's form stands in lines that the base's file does not have
 */
export async function findChangedSecrets(
  files: readonly FileChange[],
  blobs: ReadonlyMap<string, Buffer>,
  known: readonly string[],
): Promise<ChangeSet["secrets"]> {
  const values = known.filter((value) => value.length >= SHORTEST_KNOWN);
  const found: ChangeSet["secrets"] = [];
  for (const { path, old_oid, new_oid } of files) {
    if (new_oid === null || new_oid === old_oid) continue;
    const text = addedText(blobs.get(old_oid ?? ""), blobs.get(new_oid));
    for (const kind of await kindsIn(text, values)) found.push({ path, kind });
  }
  return found;
}

async function kindsIn(text: string, values: readonly string[]): Promise<Set<string>> {
  const kinds = new Set<string>();
  for (let at = 0; at < text.length; at += WINDOW) {
    await new Promise(setImmediate);
    const window = text.slice(Math.max(0, at - OVERLAP), at + WINDOW);
    for (const kind of findSecrets(window)) kinds.add(kind);
    if (values.some((value) => window.includes(value))) kinds.add("a key in use");
  }
  return kinds;
}

/** A file of very many lines can't be taken apart: the arrays would not fit. */
const LONGEST_SPLIT = 32 * 1024 * 1024;

/**
 * Lines of `after` that `before` has nowhere, or all where there are too many to compare; without NULs, so that UTF-16 text
 * and binaries are read too.
 */
function addedText(before: Buffer | undefined, after: Buffer | undefined): string {
  const text = textOf(after);
  if (before === undefined || Math.max(before.length, text.length) > LONGEST_SPLIT) return text;
  const old = new Set(textOf(before).split("\n"));
  return text
    .split("\n")
    .filter((line) => !old.has(line))
    .join("\n");
}

const textOf = (bytes: Buffer | undefined): string => (bytes?.toString("utf8") ?? "").replaceAll("\0", "");
