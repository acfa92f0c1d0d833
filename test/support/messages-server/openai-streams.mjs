/**
 * A turn as OpenAI's two APIs stream it.
 * @typedef {import("./turns.mjs").Turn} Turn
 * @typedef {import("./turns.mjs").Block} Block
 */

let serial = 0;

/** @param {unknown} event */
const chunk = (event) => `data: ${JSON.stringify(event)}\n\n`;

/** @param {Block} block @returns {string} */
const argumentsOf = (block) => (block.type === "tool_use" ? (block.raw ?? JSON.stringify(block.input)) : "");

/** @param {Turn} turn */
function tokensOf(turn) {
  const { input_tokens = 10, output_tokens = 5, cache_read_input_tokens = 0 } = turn.usage ?? {};
  return {
    input: input_tokens + cache_read_input_tokens,
    output: output_tokens,
    cached: cache_read_input_tokens,
  };
}

/** The Responses API. A thinking model: every answer begins with encrypted reasoning. @param {Turn} turn @param {string} model @returns {string[]} */
export function responsesEvents(turn, model) {
  serial += 1;
  const id = `resp_${serial}`;
  const { input, output, cached } = tokensOf(turn);
  const usage = {
    input_tokens: input,
    input_tokens_details: { cached_tokens: cached },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: input + output,
  };
  const reasoning = {
    type: "reasoning",
    id: `rs_${serial}`,
    summary: [],
    encrypted_content: `enc_${serial}`,
  };
  const items = (turn.content ?? []).flatMap((block, at) => itemEvents(block, at + 1));
  const reason = { max_tokens: "max_output_tokens", refusal: "content_filter" }[turn.stop_reason ?? ""];
  const end = reason === undefined ? "completed" : "incomplete";
  return [
    { type: "response.created", response: { id, created_at: 1, model } },
    { type: "response.output_item.added", output_index: 0, item: { ...reasoning, encrypted_content: null } },
    { type: "response.output_item.done", output_index: 0, item: reasoning },
    ...items,
    {
      type: `response.${end}`,
      response: { id, usage, ...(reason === undefined ? {} : { incomplete_details: { reason } }) },
    },
  ].map((event, sequence_number) => chunk({ ...event, sequence_number }));
}

/** @param {Block} block @param {number} output_index @returns {object[]} */
function itemEvents(block, output_index) {
  if (block.type === "text") {
    const item = { type: "message", id: `msg_${serial}_${output_index}`, role: "assistant", content: [] };
    const done = { ...item, content: [{ type: "output_text", text: block.text, annotations: [] }] };
    return [
      { type: "response.output_item.added", output_index, item },
      {
        type: "response.output_text.delta",
        item_id: item.id,
        output_index,
        content_index: 0,
        delta: block.text,
      },
      { type: "response.output_item.done", output_index, item: done },
    ];
  }
  const item = {
    type: "function_call",
    id: `fc_${serial}_${output_index}`,
    call_id: block.id ?? `call_${serial}_${output_index}`,
    name: block.name,
    arguments: "",
  };
  const words = argumentsOf(block);
  return [
    { type: "response.output_item.added", output_index, item },
    { type: "response.function_call_arguments.delta", item_id: item.id, output_index, delta: words },
    {
      type: "response.output_item.done",
      output_index,
      item: { ...item, arguments: words, status: "completed" },
    },
  ];
}

/** The Chat Completions API. @param {Turn} turn @param {string} model @returns {string[]} */
export function chatEvents(turn, model) {
  serial += 1;
  const { input, output, cached } = tokensOf(turn);
  const base = { id: `chatcmpl-${serial}`, object: "chat.completion.chunk", created: 1, model };
  const blocks = turn.content ?? [];
  const calls = blocks.filter((block) => block.type === "tool_use");
  const deltas = [
    { role: "assistant" },
    ...blocks.flatMap((block) => (block.type === "text" ? [{ content: block.text }] : [])),
    ...calls.map((block, index) => ({
      tool_calls: [
        {
          index,
          id: block.id ?? `call_${serial}_${index}`,
          type: "function",
          function: { name: block.name, arguments: argumentsOf(block) },
        },
      ],
    })),
  ];
  const natural = calls.length > 0 ? "tool_calls" : "stop";
  const finish_reason =
    { max_tokens: "length", refusal: "content_filter" }[turn.stop_reason ?? ""] ?? natural;
  const usage = {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cached },
  };
  return [
    ...deltas.map((delta) => chunk({ ...base, choices: [{ index: 0, delta, finish_reason: null }] })),
    chunk({ ...base, choices: [{ index: 0, delta: {}, finish_reason }] }),
    chunk({ ...base, choices: [], usage }),
    "data: [DONE]\n\n",
  ];
}
