import { Buffer } from "node:buffer";
import type { ToolDefinition, ToolHost, ToolOutcome } from "../tools/tool-host.ts";
import type { ToolPart } from "./model-types.ts";
import type { ModelCall } from "./read-answer.ts";

export interface RunCallsInput {
  readonly calls: readonly ModelCall[];
  readonly host: ToolHost;
  readonly signal: AbortSignal;
  /** What all outputs of one answer may have together, so that they fit into the model's window. */
  readonly maxBytes: number;
  onStart(call: ModelCall): void;
}

export interface RunCall {
  readonly call: ModelCall;
  readonly outcome: ToolOutcome;
}

const MALFORMED_CHARS = 200;

/**
 * Runs the tool calls of one answer: side by side where none of them changes anything, else one after the other.
 * @returns one outcome for each, in their order
 * @throws what `signal` was aborted with; Error where the host is no more
 */
export async function runCalls(input: RunCallsInput): Promise<RunCall[]> {
  const { calls, host } = input;
  const maxBytes = Math.floor(input.maxBytes / Math.max(1, calls.length));
  const run = async (call: ModelCall): Promise<RunCall> => {
    input.onStart(call);
    const outcome = await outcomeOf(call, host, input.signal);
    return { call, outcome: { ...outcome, text: capped(outcome.text, maxBytes) } };
  };
  if (calls.every((call) => changesNothing(call, host.definitions))) return await Promise.all(calls.map(run));
  const done: RunCall[] = [];
  for (const call of calls) done.push(await run(call));
  return done;
}

/** What the model is shown of a call. */
export function resultPart({ call, outcome }: RunCall): ToolPart {
  return {
    type: "tool-result",
    toolCallId: call.id,
    toolName: call.name,
    // An empty output is refused by some APIs.
    output: { type: outcome.isError ? "error-text" : "text", value: outcome.text || "(no output)" },
  };
}

async function outcomeOf(call: ModelCall, host: ToolHost, signal: AbortSignal): Promise<ToolOutcome> {
  if (call.malformed !== null) {
    const text = `the arguments are no JSON object: ${call.malformed.slice(0, MALFORMED_CHARS)}`;
    return { text, isError: true, denied: null };
  }
  return await host.call({ name: call.name, input: call.input }, signal);
}

function changesNothing(call: ModelCall, definitions: readonly ToolDefinition[]): boolean {
  return definitions.find(({ name }) => name === call.name)?.changes !== true;
}

function capped(text: string, maxBytes: number): string {
  const bytes = Buffer.byteLength(text);
  if (bytes <= maxBytes) return text;
  const half = Math.floor(maxBytes / 2);
  const whole = Buffer.from(text);
  const head = whole.subarray(0, half).toString("utf8");
  const tail = whole.subarray(bytes - half).toString("utf8");
  return `${head}\n[… ${bytes - 2 * half} bytes left out; ask for less at once …]\n${tail}`;
}
