import type { ModelList } from "@pm/core";
import { knownList } from "./known-list.ts";
import { KNOWN_AS_OF } from "./known-models.ts";
import { listModels } from "./list-models.ts";
import { readModelsCache, writeModelsCache } from "./models-cache.ts";
import type { ModelsEndpoint } from "./models-endpoint.ts";

export interface OfferedModelsOptions {
  /** Of pm, where what was asked is kept. */
  readonly home: string;
  readonly now: Date;
  /** False: nobody is asked, what is kept or known has to do. Default true. */
  readonly ask?: boolean;
}

/**
 * The models that can be chosen at an endpoint: as its API says, asked once a day; as they were known where there is no key
 * to ask with.
 * @throws RunnerError E504, E505, E506, E512, E520
 */
export async function offeredModels(
  endpoint: ModelsEndpoint,
  { home, now, ask = true }: OfferedModelsOptions,
): Promise<ModelList> {
  const known = (): ModelList => ({
    models: endpoint.keyless ? [] : knownList(endpoint.api),
    source: "list",
    asOf: KNOWN_AS_OF,
  });
  if (endpoint.key === null && !endpoint.keyless) return known();
  const kept = await readModelsCache(home, endpoint, now);
  if (kept !== null) return { models: kept.models, source: "api", asOf: dateOf(kept.askedAt) };
  if (!ask) return known();
  const models = await listModels(endpoint);
  await writeModelsCache(home, endpoint, { models, askedAt: now });
  return { models, source: "api", asOf: dateOf(now) };
}

const dateOf = (moment: Date) => moment.toISOString().slice(0, 10);
