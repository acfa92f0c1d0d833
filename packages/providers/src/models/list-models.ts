import { type ListedModel, RunnerError } from "@pm/core";
import * as z from "zod";
import { askApi } from "./ask-api.ts";
import type { ModelsEndpoint } from "./models-endpoint.ts";

const TIMEOUT_MS = 10_000;
const MOST_PAGES = 10;
const PAGE = 1000;
const MOST_MODELS = 1000;

const id = z.string().min(1).max(300);
const anthropicPage = z.object({
  data: z.array(z.object({ id, display_name: z.string().nullish(), created_at: z.string().nullish() })),
  has_more: z.boolean().nullish(),
  last_id: id.nullish(),
});
const openaiPage = z.object({ data: z.array(z.object({ id, created: z.number().nullish() })) });

/** OpenAI lists all that it serves: what draws, speaks, listens or embeds is no agent. */
const CONVERSES = /^(gpt-|o\d|chatgpt-|codex-|ft:)/;
const OTHER_WORK = /audio|realtime|image|tts|transcribe|search|instruct|embedding|moderation/;

export interface ListModelsOptions {
  /** For the whole list. Default 10,000. */
  readonly timeoutMs?: number;
}

/**
 * Asks an API which models it has: one cheap request that also tells whether the key is taken.
 * @returns newest first, a thousand at most
 * @throws RunnerError E504, E505, E506, E512, E520 as `askApi`; E506 too where what comes is no list of models
 */
export async function listModels(
  endpoint: ModelsEndpoint,
  { timeoutMs = TIMEOUT_MS }: ListModelsOptions = {},
): Promise<readonly ListedModel[]> {
  const signal = AbortSignal.timeout(timeoutMs);
  const dated =
    endpoint.api === "anthropic" ? await ofAnthropic(endpoint, signal) : await ofOpenai(endpoint, signal);
  return dated
    .sort((left, right) => right.made - left.made)
    .slice(0, MOST_MODELS)
    .map(({ model }) => model);
}

interface DatedModel {
  readonly model: ListedModel;
  readonly made: number;
}

async function ofAnthropic(endpoint: ModelsEndpoint, signal: AbortSignal): Promise<DatedModel[]> {
  const { provider, key, baseUrl } = endpoint;
  const headers = { "anthropic-version": "2023-06-01", ...(key !== null && { "x-api-key": key }) };
  const found: DatedModel[] = [];
  let after = "";
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const url = `${baseUrl.replace(/\/v1$/, "")}/v1/models?limit=${PAGE}${after}`;
    const { data, has_more, last_id } = parsed(
      anthropicPage,
      await askApi({ provider, url, headers, key, signal }),
      provider,
    );
    for (const { id: name, display_name, created_at } of data) {
      found.push({
        model: { id: name, note: display_name ?? null },
        made: Date.parse(created_at ?? "") || 0,
      });
    }
    if (has_more !== true || last_id == null || found.length >= MOST_MODELS) return found;
    after = `&after_id=${encodeURIComponent(last_id)}`;
  }
  throw new RunnerError("E506", { provider, reason: "its list of models does not end" });
}

async function ofOpenai(endpoint: ModelsEndpoint, signal: AbortSignal): Promise<DatedModel[]> {
  const { provider, key, baseUrl } = endpoint;
  const headers = key === null ? {} : { authorization: `Bearer ${key}` };
  const answer = await askApi({ provider, url: `${baseUrl}/models`, headers, key, signal });
  // A server of the person's own names its models as it likes.
  const isAgent = (name: string) => provider !== "openai" || (CONVERSES.test(name) && !OTHER_WORK.test(name));
  return parsed(openaiPage, answer, provider)
    .data.filter(({ id: name }) => isAgent(name))
    .map(({ id: name, created }) => ({ model: { id: name, note: null }, made: created ?? 0 }));
}

function parsed<T>(schema: z.ZodType<T>, answer: unknown, provider: string): T {
  const result = schema.safeParse(answer);
  if (result.success) return result.data;
  throw new RunnerError("E506", { provider, reason: "its answer is no list of models" });
}
