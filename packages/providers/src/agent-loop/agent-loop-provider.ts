/**
 * Our own agent as a provider, over the API of any model.
 *
 * Owns what was said in a planning phase, for a re-ask. Talks to the API from here and to the isolation through the tool host.
 * Invariants:
 * A1 the key never enters the isolation: the tools' process is given nothing of it;
 * A2 the key and the address come from the person, never from the project;
 * A3 a run has a fetch of its own, so that a byte for one run is no life of another.
 */
import { setTimeout as pause } from "node:timers/promises";
import { type Provider, type Redactor, RunnerError, type UserConfig } from "@pm/core";
import { factsOf } from "../models/model-facts.ts";
import type { ModelsEndpoint } from "../models/models-endpoint.ts";
import { priceOf } from "../models/price-of.ts";
import { withSecrets } from "../shared/with-secrets.ts";
import { openToolHost } from "../tools/open-tool-host.ts";
import { createConversations } from "./conversations.ts";
import { driveRun } from "./drive-run.ts";
import { createHttpFetch, type Fetch } from "./http-fetch.ts";
import type { Dialect, Model } from "./model-types.ts";
import type { RunClock } from "./run-clock.ts";
import { toRunResult } from "./to-run-result.ts";
import type { RetryPolicy } from "./with-retries.ts";

export interface AgentLoopOptions {
  readonly endpoint: ModelsEndpoint;
  /** Where the key comes from, for people: `env OPENAI_API_KEY`, `config.json`. */
  readonly keySource: string | null;
  /** Where the request names none: of the person's environment or config. */
  readonly model?: string | undefined;
  readonly redactor: Redactor;
  /** Of pm, for the evidence. */
  readonly version?: string | undefined;
  /** US dollars per million tokens, by model, as the person says. */
  readonly prices?: UserConfig["prices"] | undefined;
  /** Default 100. */
  readonly maxTurns?: number;
  /** For tests; default: real time, 4 retries, some 10 seconds. */
  readonly policy?: Partial<RetryPolicy>;
}

/** What makes one API different from another. */
export interface ApiKind {
  /** For people: `Anthropic API`. */
  readonly title: string;
  /** Its own address; another one is told of. */
  readonly defaultUrl: string;
  readonly defaultModel: string;
  readonly keyVariable: string;
  readonly dialect: Dialect;
  model(id: string, fetch: Fetch): Model;
}

const MAX_TURNS = 100;
const MAX_RETRIES = 4;
/** How long a command that was told to end may take. */
const PATIENCE_SECONDS = 5;

export function createAgentLoopProvider(options: AgentLoopOptions, api: ApiKind): Provider {
  const { endpoint } = options;
  const name = endpoint.provider;
  const agent = ["pm agent", options.version].filter(Boolean).join(" ");
  const conversations = createConversations();
  const redactor = withSecrets(options.redactor, endpoint.key === null ? [] : [endpoint.key]);
  const policy: RetryPolicy = {
    maxRetries: MAX_RETRIES,
    now: Date.now,
    sleep: async (ms, signal) => {
      await pause(ms, undefined, { signal });
    },
    random: Math.random,
    ...options.policy,
  };
  const assertKey = () => {
    if (endpoint.key !== null || endpoint.keyless) return;
    throw new RunnerError("E521", { provider: name, variable: api.keyVariable });
  };

  return {
    name,

    async check() {
      assertKey();
      const login = endpoint.key === null ? "none needed" : (options.keySource ?? "a key");
      const isDefault = endpoint.baseUrl === api.defaultUrl;
      const at = isDefault ? "" : `, at ${new URL(endpoint.baseUrl).host}`;
      return { version: `${agent}, ${api.title}`, login: `${login}${at}` };
    },

    async run(request) {
      assertKey();
      const model = request.model ?? options.model ?? api.defaultModel;
      const price = priceOf(model, options.prices);
      if (request.spending.budgetUsd !== null && price === null) {
        throw new RunnerError("E517", { what: model });
      }
      let clock: RunClock | undefined;
      const run = await driveRun({
        request,
        model: api.model(
          model,
          createHttpFetch(() => clock?.alive()),
        ),
        dialect: api.dialect,
        asked: { provider: name, model },
        modelFacts: factsOf(model),
        price,
        before: conversations.before(request),
        openHost: (inner) => openToolHost(inner, { patienceSeconds: PATIENCE_SECONDS }),
        onClock: (started) => {
          clock = started;
        },
        redactor,
        policy,
        maxTurns: options.maxTurns ?? MAX_TURNS,
      });
      if (!run.end.isError) conversations.keep(request, run.entries);
      return toRunResult({ run, agentVersion: agent, redactor });
    },
  };
}
