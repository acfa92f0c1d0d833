/**
 * Counts what the model calls of one run use and cost, while they pass the gateway, and lets none begin that the budget
 * does not admit.
 *
 * Owns the sums of one run. Talks to the spending of its task. Invariants:
 * M1 with a budget a call is admitted before anything of it is forwarded, and settled when its answer has ended;
 * M2 what an answer broke off before it said its usage is reckoned from its bytes, so that breaking off is no way around;
 * M3 with a budget, a model of no known price ends the run (E517); after a first cause to stop no call begins.
 */
import type { IncomingHttpHeaders } from "node:http";
import { isRunnerError, RunnerError, type Spending, type Usage, type UserConfig } from "@pm/core";
import { costOf, NO_TOKENS } from "../models/cost-of.ts";
import { priceOf } from "../models/price-of.ts";
import type { Tokens } from "./usage-of-answer.ts";
import { createUsageReader, type UsageReader } from "./usage-reader.ts";

export interface MeteredCall {
  /** Bytes of the request that were forwarded. */
  sent(bytes: number): void;
  /**
   * The answer begins.
   * @param stop breaks it off
   * @returns is given every piece of the answer.
   */
  answer(status: number, headers: IncomingHttpHeaders, stop: () => void): (chunk: Buffer) => void;
  /** @param whole whether the answer came to its end */
  end(whole: boolean): void;
}

export interface CallMeter {
  /** @throws RunnerError E516, E517; what `signal` was aborted with */
  begin(signal: AbortSignal): Promise<MeteredCall>;
  /** Why no further call may begin; it is the run's first cause. */
  readonly stopped: RunnerError | null;
  /** The status with which the API refused the last call; null where it took it. */
  readonly refusedWith: number | null;
  /** The model that answered last. */
  readonly model: string | null;
  /** Of all calls; the cost is null where a price is not known. */
  total(): Usage;
}

const BYTES_PER_TOKEN = 4;

export function createCallMeter(spending: Spending, prices: UserConfig["prices"]): CallMeter {
  const limited = spending.budgetUsd !== null;
  const sum = { ...NO_TOKENS };
  let cost: number | null = 0;
  let stopped: RunnerError | null = null;
  let model: string | null = null;
  let refusedWith: number | null = null;

  const stopFor = (what: string) => {
    stopped ??= new RunnerError("E517", { what });
  };
  const count = (tokens: Tokens, of: string | null): number | null => {
    for (const name of Object.keys(sum) as (keyof Tokens)[]) sum[name] += tokens[name];
    const price = of === null ? null : priceOf(of, prices);
    const callCost = price && costOf(tokens, price);
    cost = cost === null || callCost === null ? null : cost + callCost;
    return callCost;
  };

  const begin = async (signal: AbortSignal): Promise<MeteredCall> => {
    if (stopped !== null) throw stopped;
    const admitted = await spending.admit(null, signal).catch((error: unknown) => {
      if (isRunnerError(error)) stopped ??= error;
      throw error;
    });
    // Another call of the same run may have been the reason while this one waited.
    if (stopped !== null) {
      admitted.settle(0);
      throw stopped;
    }
    let requestBytes = 0;
    let answerBytes = 0;
    let reader: UsageReader | null = null;
    const settle = (whole: boolean): number | null => {
      // What an API refuses costs nothing.
      if (reader === null) return 0;
      reader.end();
      if (reader.model === null && whole && limited) stopFor("an answer that names no model");
      const told = reader.tokens;
      if (whole && told !== null) return count(told, reader.model ?? model);
      const reckoned = reckon(requestBytes, answerBytes);
      const tokens =
        told === null
          ? reckoned
          : { ...told, output_tokens: Math.max(told.output_tokens, reckoned.output_tokens) };
      return count(tokens, reader.model ?? model);
    };
    return {
      sent(bytes) {
        requestBytes += bytes;
      },
      answer(status, headers, stop) {
        const isTaken = status >= 200 && status <= 299;
        refusedWith = isTaken ? null : status;
        if (!isTaken) return () => {};
        const isStream = /^text\/event-stream/i.test(headers["content-type"] ?? "");
        reader = createUsageReader(isStream, (named) => {
          model = named;
          if (!limited || priceOf(named, prices) !== null) return;
          stopFor(named);
          stop();
        });
        const { push } = reader;
        return (chunk) => {
          answerBytes += chunk.length;
          push(chunk);
        };
      },
      end: (whole) => admitted.settle(settle(whole)),
    };
  };

  return {
    begin,
    get stopped() {
      return stopped;
    },
    get refusedWith() {
      return refusedWith;
    },
    get model() {
      return model;
    },
    total: () => ({ ...sum, cost_usd: cost }),
  };
}

function reckon(requestBytes: number, answerBytes: number): Tokens {
  return {
    input_tokens: Math.ceil(requestBytes / BYTES_PER_TOKEN),
    output_tokens: Math.ceil(answerBytes / BYTES_PER_TOKEN),
    cache_read_tokens: 0,
    cache_write_tokens: 0,
  };
}
