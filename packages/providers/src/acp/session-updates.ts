/**
 * Keeps the facts of what an agent tells of its session.
 *
 * Owns the facts of one run. Invariants:
 * U1 a tool call counts once by its id; what is said of it later adds to what is known of it;
 * U2 the last message is what was said since the last tool call; its bits are put together before anyone sees them;
 * U3 an update that is not known, or not understood, is passed over: there will be more of them.
 */
import type { AgentActivity } from "@pm/core";
import * as z from "zod";
import { detailOf, kindOf, type ToolCall, toolCallSchema, withMore } from "./tool-calls.ts";

const updateSchema = z.looseObject({ update: z.looseObject({ sessionUpdate: z.string() }) });
const chunkSchema = z.looseObject({
  content: z.looseObject({ type: z.literal("text"), text: z.string() }),
  messageId: z.string().nullish().catch(undefined),
});

export interface SessionUpdates {
  take(params: unknown): void;
  /** What is known of a call, a permission request's words included. */
  call(more: ToolCall): ToolCall;
  /** @returns the last message. */
  lastText(): string;
  readonly toolCalls: number;
}

const MAX_TEXT_CHARS = 1024 * 1024;
const MAX_KNOWN_CALLS = 10_000;

export function createSessionUpdates(onActivity: (activity: AgentActivity) => void): SessionUpdates {
  const calls = new Map<string, ToolCall>();
  let toolCalls = 0;
  let text = "";
  let messageId: string | null = null;
  let isShown = true;

  const show = () => {
    if (!isShown && text.trim() !== "") onActivity({ kind: "text", text });
    isShown = true;
  };
  const startMessage = () => {
    show();
    text = "";
  };
  const takeChunk = (update: unknown) => {
    const chunk = chunkSchema.safeParse(update).data;
    if (chunk === undefined) return;
    if (chunk.messageId != null && messageId !== null && chunk.messageId !== messageId) startMessage();
    messageId = chunk.messageId ?? messageId;
    text = (text + chunk.content.text).slice(0, MAX_TEXT_CHARS);
    isShown = false;
  };
  const takeCall = (update: unknown) => {
    const call = toolCallSchema.safeParse(update).data;
    if (call === undefined) return;
    const isNew = !calls.has(call.toolCallId);
    const known = remember(call);
    if (!isNew) return;
    toolCalls += 1;
    startMessage();
    onActivity({ kind: "tool", name: kindOf(known), detail: detailOf(known) });
  };
  const remember = (more: ToolCall): ToolCall => {
    const call = withMore(calls.get(more.toolCallId), more);
    if (calls.size < MAX_KNOWN_CALLS || calls.has(more.toolCallId)) calls.set(more.toolCallId, call);
    return call;
  };

  return {
    take(params) {
      const update = updateSchema.safeParse(params).data?.update;
      if (update?.sessionUpdate === "agent_message_chunk") takeChunk(update);
      else if (update?.sessionUpdate === "tool_call" || update?.sessionUpdate === "tool_call_update")
        takeCall(update);
    },
    call: (more) => withMore(calls.get(more.toolCallId), more),
    lastText() {
      show();
      return text;
    },
    get toolCalls() {
      return toolCalls;
    },
  };
}
