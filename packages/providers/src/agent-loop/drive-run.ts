import { type AgentRunRequest, type CommandResult, isRunnerError, type Redactor, redactDeep } from "@pm/core";
import type { ModelFacts } from "../models/model-facts.ts";
import { limitCode } from "../shared/limit-code.ts";
import { projectMemory } from "../shared/project-memory.ts";
import { createTranscript, type Transcript } from "../shared/transcript.ts";
import type { ToolHost } from "../tools/tool-host.ts";
import { answerTool } from "./answer-tool.ts";
import type { Asked } from "./api-problem.ts";
import { createModelCaller } from "./call-model.ts";
import { type Entry, tokensOfText, userEntry } from "./conversation.ts";
import { createHistory } from "./history.ts";
import type { Dialect, Model } from "./model-types.ts";
import { type RunClock, startRunClock } from "./run-clock.ts";
import { blankFacts, type RunEnd, type RunFacts } from "./run-facts.ts";
import { runTurns } from "./run-turns.ts";
import { systemPrompt } from "./system-prompt.ts";
import { createUsageSum, type UsageSum } from "./usage-sum.ts";
import { ModelCallFailed, type RetryPolicy } from "./with-retries.ts";

export interface DriveInput {
  readonly request: AgentRunRequest;
  readonly model: Model;
  readonly dialect: Dialect;
  readonly asked: Asked;
  /** Null where nothing is known of the model. */
  readonly modelFacts: ModelFacts | null;
  readonly price: ModelFacts["price"];
  /** Said before, where this run goes on with it. */
  readonly before: readonly Entry[];
  readonly openHost: (request: AgentRunRequest) => ToolHost;
  /** Told of every run's clock, so that who sees the bytes can say so. */
  readonly onClock: (clock: RunClock) => void;
  readonly redactor: Redactor;
  readonly policy: RetryPolicy;
  readonly maxTurns: number;
}

export interface DrivenRun {
  readonly end: RunEnd;
  /** Of the process that the tools ran in. */
  readonly command: CommandResult;
  readonly termination: CommandResult["termination"];
  readonly durationMs: number;
  readonly facts: RunFacts;
  readonly usage: UsageSum;
  readonly transcript: Transcript;
  readonly entries: readonly Entry[];
}

/** What a model that is not known is taken to be: small enough for most, large enough to work with. */
const ASSUMED = { contextTokens: 64_000, maxOutputTokens: 8_192 };
/** Longer answers are rare, and each call keeps so much of a budget from the others. */
const MAX_OUTPUT = 32_000;

/** One run of our own agent, from its prompt to the end of the last process that it started. */
export async function driveRun(input: DriveInput): Promise<DrivenRun> {
  const { request, redactor } = input;
  const clock = startRunClock({ limits: request.limits, signal: request.signal, now: input.policy.now });
  input.onClock(clock);
  const host = input.openHost({ ...request, signal: clock.signal });
  const transcript = createTranscript(redactor);
  const facts = blankFacts();
  const usage = createUsageSum(input.price);
  const { contextTokens, maxOutputTokens } = input.modelFacts ?? ASSUMED;
  const maxOutput = Math.min(MAX_OUTPUT, maxOutputTokens);
  const onActivity: AgentRunRequest["onActivity"] = (activity) =>
    request.onActivity(redactDeep(activity, redactor));

  const system = systemPrompt(request, await projectMemory(request.workspace.hostDir));
  const tools =
    request.output === null ? host.definitions : [...host.definitions, answerTool(request.output)];
  const history = createHistory({
    entries: [...input.before, userEntry(request.prompt)],
    overhead: tokensOfText(system) + tokensOfText(JSON.stringify(tools)),
    contextTokens,
    maxOutputTokens: maxOutput,
  });
  const callModel = createModelCaller({
    model: input.model,
    dialect: input.dialect,
    thread: `${request.taskId}-${request.phase}-${request.subtaskId ?? ""}`,
    asked: input.asked,
    price: input.price,
    maxOutputTokens: input.modelFacts === null ? input.dialect.defaultMaxOutput : maxOutput,
    system,
    tools,
    clock,
    spending: request.spending,
    usage,
    policy: input.policy,
    onRetry: ({ outcome, message }) => {
      transcript.add(`retry after: ${message}`);
      onActivity({ kind: "retry", reason: outcome.replace(/^api_error /, "") });
    },
  });
  const { output } = request;
  const provider = input.asked.provider;
  const turns = {
    callModel,
    history,
    host,
    clock,
    output,
    provider,
    contextTokens,
    transcript,
    facts,
    onActivity,
  };
  const end = await runTurns({ ...turns, maxTurns: input.maxTurns }).catch((error: unknown) => error);
  const stopped = clock.cause;
  const command = await host.end();
  clock.stop();
  const termination = stopped ?? (isEnd(end) || isOurs(end) ? "exited" : command.termination);
  return {
    end: stopped === null ? endOf(end, command) : stoppedEnd(stopped),
    command,
    termination,
    durationMs: clock.elapsedMs(),
    facts,
    usage,
    transcript,
    entries: history.entries(),
  };
}

function isEnd(value: unknown): value is RunEnd {
  return typeof value === "object" && value !== null && "isError" in value && "outcome" in value;
}

const isOurs = (error: unknown) => error instanceof ModelCallFailed || isRunnerError(error, "E516");

function stoppedEnd(termination: NonNullable<RunClock["cause"]>): RunEnd {
  return { isError: true, outcome: termination, code: limitCode(termination), message: null };
}

/** What ended the turns; where nothing of ours did, the process of the tools is gone and says why. */
function endOf(end: unknown, command: CommandResult): RunEnd {
  if (isEnd(end)) return end;
  if (end instanceof ModelCallFailed) {
    const { outcome, code, message } = end.problem;
    return { isError: true, outcome, code, message };
  }
  if (isRunnerError(end, "E516")) {
    return { isError: true, outcome: "budget_used_up", code: "E516", message: end.message };
  }
  if (command.termination !== "exited" && command.termination !== "spawn_failed") {
    return {
      isError: true,
      outcome: command.termination,
      code: limitCode(command.termination),
      message: null,
    };
  }
  const words = command.spawnError ?? command.stderr.head.toString("utf8").trim();
  const reason = end instanceof Error ? end.message : String(end);
  return {
    isError: true,
    outcome: "tools_gone",
    code: "E510",
    message: words === "" ? reason : `${reason}: ${words}`,
  };
}
