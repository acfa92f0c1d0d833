import { isRunnerError, type ModelList, type UserConfig } from "@pm/core";
import { type ModelsEndpoint, modelsEndpoint, offeredModels, priceOf } from "@pm/providers";
import { providerNames, REPLAY_PREFIX, unknownProvider } from "./provider-names.ts";
import type { ModelOffer, OfferedModel } from "./user-setup.ts";

export interface ModelOfferInput {
  readonly provider: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of pm. */
  readonly home: string;
  readonly config: UserConfig;
  readonly now: Date;
  readonly ask: boolean;
}

/** Names that Claude Code itself takes; it takes full names of models too. */
const CLAUDE_ALIASES = [
  { id: "sonnet", note: "the latest Sonnet", price: null },
  { id: "opus", note: "the latest Opus", price: null },
  { id: "haiku", note: "the latest Haiku", price: null },
] as const;

/** @returns which models a provider lets choose from, with their prices. @throws RunnerError as `UserSetup.models` */
export async function modelOffer(input: ModelOfferInput): Promise<ModelOffer> {
  const { provider, env, config } = input;
  const none = { provider, models: [], source: null, asOf: null };
  if (provider.startsWith(REPLAY_PREFIX) || provider === "replay") {
    return { ...none, reason: "A recording has no models: it plays what was recorded." };
  }
  const names = providerNames(config);
  if (!names.includes(provider)) throw unknownProvider(provider, names);
  const endpoint = modelsEndpoint(provider === "claude-code" ? "anthropic" : provider, env, config);
  if (endpoint === null) {
    return { ...none, reason: `${provider} chooses its model itself: pm only speaks ACP with it.` };
  }
  if (provider !== "claude-code") return offerOf(input, await offeredModels(endpoint, input), endpoint);
  const offer = await claudeOffer(input, endpoint);
  return { ...offer, models: [...CLAUDE_ALIASES, ...offer.models] };
}

/** Claude Code works without an API key, and with gateways that list nothing: then what is known has to do. */
async function claudeOffer(input: ModelOfferInput, endpoint: ModelsEndpoint): Promise<ModelOffer> {
  try {
    return offerOf(input, await offeredModels(endpoint, input), endpoint);
  } catch (error) {
    if (!isRunnerError(error)) throw error;
    const known = await offeredModels({ ...endpoint, key: null }, input);
    const reason = `since asking failed: ${error.message.replace(/\.$/, "")}`;
    return { ...offerOf(input, known, endpoint), reason };
  }
}

function offerOf(
  { provider, config }: ModelOfferInput,
  { models, source, asOf }: ModelList,
  endpoint: ModelsEndpoint,
): ModelOffer {
  const reason =
    source === "list" && endpoint.key === null && !endpoint.keyless
      ? `not asked: no key of ${endpoint.provider} is set`
      : null;
  const priced = models.map(({ id, note }): OfferedModel => {
    const price = priceOf(id, config.prices);
    if (price === null) return { id, note, price: null };
    const { input, output, cacheRead, cacheWrite } = price;
    return { id, note, price: { input, output, cache_read: cacheRead, cache_write: cacheWrite } };
  });
  return { provider, models: priced, source, asOf, reason };
}
