import type { ProcessIdentity } from "@pm/core";
import type { PastedText } from "../editor-state.ts";

/** What a draft's file holds. */
export interface DraftContent {
  /** Whose it is; null where the system does not tell. */
  readonly owner: ProcessIdentity | null;
  readonly text: string;
  readonly cursor: number;
  readonly pastes: readonly Pick<PastedText, "mark" | "content">[];
  /** Submitted, and not dealt with yet. */
  readonly unsent: readonly string[];
}

/** @returns whether `value`, read from a file, is a draft in full. */
export function isDraft(value: unknown): value is DraftContent {
  if (!isObject(value) || !Array.isArray(value.pastes) || !Array.isArray(value.unsent)) return false;
  return (
    (value.owner === null || isOwner(value.owner)) &&
    typeof value.text === "string" &&
    Number.isInteger(value.cursor) &&
    value.pastes.every(isPaste) &&
    value.unsent.every((text) => typeof text === "string")
  );
}

function isOwner(value: unknown): boolean {
  return (
    isObject(value) &&
    Number.isInteger(value.pid) &&
    typeof value.start === "string" &&
    typeof value.boot === "string"
  );
}

function isPaste(value: unknown): boolean {
  return (
    isObject(value) &&
    typeof value.mark === "string" &&
    value.mark.length === 1 &&
    typeof value.content === "string"
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
