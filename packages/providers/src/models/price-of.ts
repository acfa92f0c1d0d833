import type { UserConfig } from "@pm/core";
import { factsOf, type ModelPrice, withoutDate } from "./model-facts.ts";

/**
 * What a model costs: as the person says in `prices` of their config.json, else as it is known.
 * @returns null where nobody says it: then no budget can be kept (E517)
 */
export function priceOf(model: string, own: UserConfig["prices"] = {}): ModelPrice | null {
  const said = ownPrice(own, model) ?? ownPrice(own, withoutDate(model));
  if (said === undefined) return factsOf(model)?.price ?? null;
  const { input, output, cache_read: cacheRead = input, cache_write: cacheWrite = input } = said;
  return { input, output, cacheRead, cacheWrite };
}

/** A model may be called like something that every object has. */
function ownPrice(own: NonNullable<UserConfig["prices"]>, model: string) {
  return Object.hasOwn(own, model) ? own[model] : undefined;
}
