import type { Spending } from "@pm/core";
import { costOf, NO_TOKENS } from "../models/cost-of.ts";
import type { ModelFacts } from "../models/model-facts.ts";
import type { ToolDefinition } from "../tools/tool-host.ts";
import { type ApiProblem, type Asked, apiProblem } from "./api-problem.ts";
import type { CallOptions, Dialect, Message, Model } from "./model-types.ts";
import { type Answer, readAnswer } from "./read-answer.ts";
import type { RunClock } from "./run-clock.ts";
import type { UsageSum } from "./usage-sum.ts";
import { type RetryPolicy, withRetries } from "./with-retries.ts";

export interface ModelSetup {
  readonly model: Model;
  readonly dialect: Dialect;
  /** The same for all calls that share a beginning. */
  readonly thread: string;
  readonly asked: Asked;
  readonly price: ModelFacts["price"];
  readonly maxOutputTokens: number | null;
  readonly system: string;
  readonly tools: readonly ToolDefinition[];
  readonly clock: RunClock;
  readonly spending: Spending;
  readonly usage: UsageSum;
  readonly policy: RetryPolicy;
  onRetry(problem: ApiProblem): void;
}

export type CallModel = (messages: readonly Message[], inputTokens: number) => Promise<Answer>;

/** What an answer may have where no limit to it is known; for the budget alone. */
const ASSUMED_OUTPUT = 32_000;
const CHARS_PER_TOKEN = 3.5;

/**
 * @returns asks the model once, and again after what passes by itself; no call begins that the budget does not admit (P4)
 * @throws from the returned function: ModelCallFailed, RunnerError E516, what the clock's signal was aborted with
 */
export function createModelCaller(setup: ModelSetup): CallModel {
  const { clock, dialect, price, spending, usage } = setup;
  const { signal } = clock;
  const system: Message = { role: "system", content: setup.system, ...mark(dialect) };
  const options: Omit<CallOptions, "prompt"> = {
    abortSignal: signal,
    tools: setup.tools.map(({ name, description, inputSchema }) => ({
      type: "function",
      name,
      description,
      inputSchema,
    })),
    toolChoice: { type: "auto" },
    providerOptions: dialect.options(setup.thread),
    ...(setup.maxOutputTokens === null ? {} : { maxOutputTokens: setup.maxOutputTokens }),
  };
  const costOfCall = (inputTokens: number, outputTokens: number, dearest: boolean) =>
    price &&
    Math.max(
      costOf({ ...NO_TOKENS, input_tokens: inputTokens, output_tokens: outputTokens }, price),
      dearest
        ? costOf({ ...NO_TOKENS, cache_write_tokens: inputTokens, output_tokens: outputTokens }, price)
        : 0,
    );

  return async (messages, inputTokens) => {
    const prompt = [system, ...marked(messages, dialect)];
    const worst = costOfCall(inputTokens, setup.maxOutputTokens ?? ASSUMED_OUTPUT, true);
    const attempt = async () => {
      const admitted = await clock.busy(() => spending.admit(worst, signal));
      // What an API refuses costs nothing.
      let costUsd: number | null = 0;
      let answering = false;
      let chars = 0;
      try {
        const { stream } = await setup.model.doStream({ ...options, prompt });
        answering = true;
        const answer = await readAnswer(stream, (count) => {
          chars += count;
        });
        answering = false;
        costUsd = usage.add(answer.usage);
        return answer;
      } catch (error) {
        if (answering) {
          costUsd = costOfCall(inputTokens, chars / CHARS_PER_TOKEN, false);
          usage.addUnreported(costUsd);
        }
        throw error;
      } finally {
        admitted.settle(costUsd);
      }
    };
    return await withRetries({
      policy: { ...setup.policy, sleep: (ms) => clock.busy(() => setup.policy.sleep(ms, signal)) },
      signal,
      remainingMs: clock.remainingMs,
      attempt,
      explain: (error) => apiProblem(error, setup.asked),
      onRetry: setup.onRetry,
    });
  };
}

function mark({ cacheMark }: Dialect): { providerOptions?: NonNullable<Dialect["cacheMark"]> } {
  return cacheMark === null ? {} : { providerOptions: cacheMark };
}

/** The last message marks the end of what the next call will find in the cache. */
function marked(messages: readonly Message[], dialect: Dialect): readonly Message[] {
  const last = messages.at(-1);
  if (last === undefined || dialect.cacheMark === null) return messages;
  return [...messages.slice(0, -1), { ...last, ...mark(dialect) }];
}
