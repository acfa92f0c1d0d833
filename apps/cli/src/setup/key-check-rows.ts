import { stripToLine } from "@pm/core";
import type { KeyCheck } from "./user-setup.ts";

/** @returns what became of each key, as rows: provider, where its key comes from, what the API said. */
export function keyCheckRows(checks: readonly KeyCheck[]): string[][] {
  return checks.map(({ provider, source, error }) => [
    provider,
    source ?? "NOT SET",
    source === null ? "" : error === null ? "ok" : `${error.code} ${stripToLine(error.message)}`,
  ]);
}
