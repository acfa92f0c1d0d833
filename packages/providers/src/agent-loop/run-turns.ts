/** The turns of one run: ask the model, run its tools, until it is done or something ends it. */
import { type AgentActivity, type AgentRunRequest, RunnerError } from "@pm/core";
import { jsonAnswer } from "../shared/json-answer.ts";
import { toolDetail } from "../shared/tool-detail.ts";
import type { Transcript } from "../shared/transcript.ts";
import type { ToolHost } from "../tools/tool-host.ts";
import { ANSWER_TOOL } from "./answer-tool.ts";
import type { CallModel } from "./call-model.ts";
import type { History } from "./history.ts";
import { createLoopGuard, MAX_SAME } from "./loop-guard.ts";
import type { ToolPart } from "./model-types.ts";
import type { Answer, ModelCall } from "./read-answer.ts";
import { resultPart, runCalls } from "./run-calls.ts";
import type { RunClock } from "./run-clock.ts";
import { type RunEnd, type RunFacts, SUCCESS } from "./run-facts.ts";
import { ModelCallFailed } from "./with-retries.ts";

export interface TurnsInput {
  readonly callModel: CallModel;
  readonly history: History;
  readonly host: ToolHost;
  readonly clock: RunClock;
  readonly output: AgentRunRequest["output"];
  readonly provider: string;
  readonly contextTokens: number;
  readonly maxTurns: number;
  readonly transcript: Transcript;
  readonly facts: RunFacts;
  onActivity(activity: AgentActivity): void;
}

/** Of the model's window, what the tools of one answer may fill: a quarter, at 3.5 bytes a token. */
const OUTPUT_SHARE = 0.875;
const TAKEN = "Taken.";
const NOT_RUN = "Not run: the answer was given.";

/** @throws ModelCallFailed, RunnerError E516, what the clock's signal was aborted with, Error where the tools are no more */
export async function runTurns(input: TurnsInput): Promise<RunEnd> {
  const { facts, history, provider } = input;
  const guard = createLoopGuard();
  for (let turn = 0; turn < input.maxTurns; turn += 1) {
    const answer = await askWithin(input);
    facts.model = answer.model ?? facts.model;
    takeWords(input, answer);
    const cut = endOfFinish(answer, provider);
    if (cut !== null) return cut;
    if (answer.calls.length === 0) {
      if (answer.content.length > 0) history.add({ role: "assistant", content: [...answer.content] });
      if (input.output !== null) facts.structured = jsonAnswer(answer.text);
      return SUCCESS;
    }
    history.add({ role: "assistant", content: [...answer.content] });
    if (input.output !== null && takeAnswer(input, answer)) return SUCCESS;

    const done = await input.clock.busy(() =>
      runCalls({
        calls: answer.calls,
        host: input.host,
        signal: input.clock.signal,
        maxBytes: input.contextTokens * OUTPUT_SHARE,
        onStart: (call) => announce(input, call),
      }),
    );
    history.add({ role: "tool", content: done.map(resultPart) });
    for (const { call, outcome } of done) {
      facts.outputBytes += Buffer.byteLength(outcome.text);
      if (outcome.denied !== null) facts.denials.push(outcome.denied);
      input.transcript.add(`${call.name} ${outcome.isError ? "failed" : "answered"}: ${outcome.text}`);
      if (guard.isLoop(call.name, call.malformed ?? call.input, outcome.text)) return looping(call);
    }
  }
  return failure("too_many_turns", new RunnerError("E519", { turns: input.maxTurns }));
}

/** Makes room first; and once more where the API says that it was not enough. */
async function askWithin({ callModel, history, provider }: TurnsInput): Promise<Answer> {
  const ask = async () => {
    const answer = await callModel(history.messages(), history.size());
    history.counted(answer.usage.inputTokens.total);
    return answer;
  };
  if (!history.fit()) {
    const reason = "the task and the last turn alone fill it";
    const { message } = new RunnerError("E514", { provider, reason });
    throw new ModelCallFailed({ code: "E514", message, outcome: "too_long", retryable: false, headers: {} });
  }
  try {
    return await ask();
  } catch (error) {
    const isTooLong = error instanceof ModelCallFailed && error.problem.code === "E514";
    if (!isTooLong || !history.halve()) throw error;
    return await ask();
  }
}

function takeWords({ facts, transcript, onActivity }: TurnsInput, { text }: Answer): void {
  if (text === "") return;
  facts.lastText = text;
  facts.outputBytes += Buffer.byteLength(text);
  transcript.add(`assistant: ${text}`);
  onActivity({ kind: "text", text });
}

function announce({ facts, transcript, onActivity }: TurnsInput, call: ModelCall): void {
  facts.toolCalls += 1;
  const detail = toolDetail(call.input);
  transcript.add(`call ${call.name} ${call.malformed ?? JSON.stringify(call.input)}`);
  onActivity({ kind: "tool", name: call.name, detail });
}

/** Every call is given its result, since the conversation may be gone on with. @returns whether an answer was given */
function takeAnswer({ facts, history, transcript }: TurnsInput, { calls }: Answer): boolean {
  const given = calls.findLast(({ name, malformed }) => name === ANSWER_TOOL && malformed === null);
  if (given === undefined) return false;
  facts.structured = given.input as Record<string, unknown>;
  const said = JSON.stringify(given.input);
  facts.outputBytes += Buffer.byteLength(said);
  transcript.add(`answer: ${said}`);
  const content = calls.map(({ id, name }): ToolPart => {
    const value = id === given.id ? TAKEN : NOT_RUN;
    return { type: "tool-result", toolCallId: id, toolName: name, output: { type: "text", value } };
  });
  history.add({ role: "tool", content });
  return true;
}

/** @returns null where the model ended as it should */
function endOfFinish({ finish, text }: Answer, provider: string): RunEnd | null {
  if (finish === "length") {
    return failure(
      "max_tokens",
      new RunnerError("E524", { provider, reason: "it was as long as an answer may be" }),
    );
  }
  if (finish === "content-filter") {
    return failure("refusal", new RunnerError("E515", { reason: text.trim() || "without a word" }));
  }
  if (finish === "error")
    return failure("api_error", new RunnerError("E506", { provider, reason: text || "no reason" }));
  return null;
}

function looping({ name, input }: ModelCall): RunEnd {
  const detail = toolDetail(input);
  const call = detail === "" ? name : `${name} ${detail}`;
  return failure("loop", new RunnerError("E518", { times: MAX_SAME, call }));
}

function failure(outcome: string, { code, message }: RunnerError): RunEnd {
  return { isError: true, outcome, code, message };
}
