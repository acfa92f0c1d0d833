import { stripToLine } from "@pm/core";
import type { ModelOffer } from "./user-setup.ts";

/** What the columns of `modelRows` are. */
export const MODEL_COLUMNS = ["Model", "What it is", "Input $/M", "Output $/M", ""];

/** @returns an offer as rows: each model with what it costs, the one in use marked. */
export function modelRows({ models }: ModelOffer, current: string | null): string[][] {
  return models.map(({ id, note, price }) => [
    stripToLine(id),
    stripToLine(note ?? ""),
    ...(price === null ? ["", ""] : [`${price.input}`, `${price.output}`]),
    id === current ? "current" : "",
  ]);
}

/** @returns where the list comes from, for people. */
export function modelOrigin({ provider, source, asOf, reason, models }: ModelOffer): string {
  if (source === null) return reason ?? "";
  if (source === "list") return `Known on ${asOf}, ${stripToLine(reason ?? "not asked")}.`;
  const none = models.length === 0 ? " It has none." : "";
  return `Asked of ${provider === "claude-code" ? "anthropic" : provider} on ${asOf}.${none}`;
}
