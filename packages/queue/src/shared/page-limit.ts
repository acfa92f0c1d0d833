const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 100;

/** @returns how many items a page has: what was asked for, within 1…100. */
export function pageLimit(asked: number | undefined): number {
  return Math.min(MAX_LIMIT, Math.max(1, Math.floor(asked ?? DEFAULT_LIMIT)));
}
