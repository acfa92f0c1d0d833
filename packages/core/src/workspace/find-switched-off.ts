import type { ChangeSet, FileChange } from "../evidence/change.ts";
import { isDocFile } from "../gates/file-classes.ts";

/** Marks in source text by which lint, type checks or coverage are told to look away. */
const MARKS =
  /\b(?:(?:eslint|oxlint|tslint|stylelint|swiftlint|rubocop|pylint)[-:] ?disable|(?:biome|deno-lint|phpcs|lint):?[- ]?ignore|shellcheck disable|(?:istanbul|c8|v8) ignore|node:coverage (?:ignore|disable)|pragma: no ?(?:cover|branch)|type: ?ignore|(?:mypy|pyright): ?(?:ignore|basic|off)[\w-]*|noqa|nosec|nolint|NOPMD|NOSONAR|phpstan-ignore|psalm-suppress|LCOV_EXCL)|@ts-(?:ignore|nocheck|expect-error)|@Suppress(?:Warnings)?\b|#!?\[(?:allow|expect)\(|#\[coverage\(off\)|#pragma warning disable|:nocov:/g;

export interface SwitchCounts {
  readonly path: string;
  readonly before: ReadonlyMap<string, number>;
  readonly after: ReadonlyMap<string, number>;
}

/** Counts the marks of each changed file; see {@link switchedOff}. */
export function countSwitches(
  files: readonly FileChange[],
  blobs: ReadonlyMap<string, Buffer>,
): SwitchCounts[] {
  return files
    .filter(({ path }) => !isDocFile(path))
    .map(({ path, old_oid, new_oid }) => ({
      path,
      before: marksOf(blobs.get(old_oid ?? "")),
      after: marksOf(blobs.get(new_oid ?? "")),
    }));
}

/** @returns files with more of a mark than before, where the change as a whole has more of it: code may move. */
export function switchedOff(counts: readonly SwitchCounts[]): ChangeSet["switched_off"] {
  const grown = new Map<string, number>();
  for (const { before, after } of counts) {
    for (const [mark, count] of after) grown.set(mark, (grown.get(mark) ?? 0) + count);
    for (const [mark, count] of before) grown.set(mark, (grown.get(mark) ?? 0) - count);
  }
  return counts.flatMap(({ path, before, after }) =>
    [...after]
      .filter(([mark, count]) => count > (before.get(mark) ?? 0) && (grown.get(mark) ?? 0) > 0)
      .map(([mark]) => ({ path, mark })),
  );
}

function marksOf(bytes: Buffer | undefined): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [mark] of bytes?.toString("utf8").matchAll(MARKS) ?? [])
    counts.set(mark, (counts.get(mark) ?? 0) + 1);
  return counts;
}
