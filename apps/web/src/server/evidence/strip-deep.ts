import { stripControl } from "@pm/core";

/** What agents and repositories wrote, made harmless in every text of a value. */
export function stripDeep<T>(value: T): T {
  if (typeof value === "string") return stripControl(value) as T;
  if (Array.isArray(value)) return value.map(stripDeep) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, stripDeep(inner)])) as T;
}
