/** @typedef {import("./turns.mjs").Turn} Turn */

let serial = 0;

/** The message of a turn as the Messages API gives it. @param {Turn} turn @param {string} model */
export function messageOf(turn, model) {
  serial += 1;
  const content = (turn.content ?? []).map((block, index) =>
    block.type === "tool_use" ? { ...block, id: block.id ?? `toolu_${serial}_${index}` } : block,
  );
  const calls = content.some((block) => block.type === "tool_use");
  return {
    id: `msg_${serial}`,
    type: "message",
    role: "assistant",
    model,
    content,
    stop_reason: turn.stop_reason ?? (calls ? "tool_use" : "end_turn"),
    stop_sequence: null,
    usage: {
      input_tokens: 10,
      output_tokens: 5,
      cache_read_input_tokens: 0,
      cache_creation_input_tokens: 0,
      ...turn.usage,
    },
  };
}

/** The same message as server-sent events, in the order of the API. @param {ReturnType<typeof messageOf>} message @returns {string[]} */
export function eventsOf(message) {
  const events = [
    { type: "message_start", message: { ...message, content: [], stop_reason: null } },
    ...message.content.flatMap((block, index) => [
      { type: "content_block_start", index, content_block: emptied(block) },
      { type: "content_block_delta", index, delta: deltaOf(block) },
      { type: "content_block_stop", index },
    ]),
    {
      type: "message_delta",
      delta: { stop_reason: message.stop_reason, stop_sequence: null },
      usage: message.usage,
    },
    { type: "message_stop" },
  ];
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
}

/** @param {import("./turns.mjs").Block} block */
const emptied = (block) => (block.type === "text" ? { ...block, text: "" } : { ...block, input: {} });

/** @param {import("./turns.mjs").Block} block */
const deltaOf = (block) =>
  block.type === "text"
    ? { type: "text_delta", text: block.text }
    : { type: "input_json_delta", partial_json: block.raw ?? JSON.stringify(block.input) };
