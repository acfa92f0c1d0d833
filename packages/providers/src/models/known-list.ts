import type { ListedModel } from "@pm/core";
import { ANTHROPIC_MODELS, OPENAI_MODELS } from "./known-models.ts";

/** Nobody chooses among forty; any other name can be typed. */
const SHOWN = 9;

/** @returns the newest models of a provider that were known on `KNOWN_AS_OF`; for whoever has no key to ask with. */
export function knownList(provider: "anthropic" | "openai"): readonly ListedModel[] {
  const rows = provider === "anthropic" ? ANTHROPIC_MODELS : OPENAI_MODELS;
  return rows.slice(0, SHOWN).map(([id]) => ({ id, note: null }));
}
