/**
 * What a scripted model may do in one turn. Plain data, so that a script can also be written as JSON.
 *
 * @typedef {{ type: "text", text: string } | { type: "tool_use", name: string, input: unknown, id?: string, raw?: string }} Block
 *   `raw`: the arguments as they are streamed, be they JSON or not.
 * @typedef {{ input_tokens?: number, output_tokens?: number, cache_read_input_tokens?: number, cache_creation_input_tokens?: number }} TurnUsage
 * @typedef {object} Turn
 * @property {Block[]} [content] What the model says; blocks of one message.
 * @property {string} [stop_reason] Derived from the blocks where it is missing.
 * @property {TurnUsage} [usage]
 * @property {number} [delayMs] Wait before the first byte.
 * @property {number} [status] An HTTP error instead of a message.
 * @property {string} [errorType]
 * @property {string} [errorCode]
 * @property {string} [message]
 * @property {Record<string, string>} [headers]
 * @property {"start" | "middle"} [hang] Send nothing, or half a message, and stay connected.
 * @property {number} [pings] After the first event so many that only say that the connection lives.
 * @property {number} [pingEveryMs]
 * @property {boolean} [truncate] Drop the connection in the middle of the message.
 */

/** @param {string} words @returns {Turn} */
export const text = (words) => ({ content: [{ type: "text", text: words }] });

/** @param {string} name @param {unknown} input @returns {Turn} */
export const tool = (name, input) => ({ content: [{ type: "tool_use", name, input }] });

/** Several tool calls in one message. @param {...[string, unknown]} calls @returns {Turn} */
export const tools = (...calls) => ({
  content: calls.map(([name, input]) => ({ type: "tool_use", name, input })),
});

/** A call whose arguments are no JSON. @param {string} name @param {string} raw @returns {Turn} */
export const malformed = (name, raw) => ({ content: [{ type: "tool_use", name, input: {}, raw }] });

/** The structured answer, as Claude Code takes it. @param {unknown} answer @returns {Turn} */
export const structured = (answer) => tool("StructuredOutput", answer);

const ERROR_TYPES = /** @type {Record<number, string>} */ ({
  400: "invalid_request_error",
  401: "authentication_error",
  403: "permission_error",
  404: "not_found_error",
  413: "request_too_large",
  429: "rate_limit_error",
  500: "api_error",
  529: "overloaded_error",
});

/** @param {number} status @param {string} [message] @param {Record<string, string>} [headers] @returns {Turn} */
export const httpError = (status, message, headers = {}) => ({
  status,
  errorType: ERROR_TYPES[status] ?? "api_error",
  message: message ?? `scripted ${status}`,
  headers,
});

/** @param {"start" | "middle"} [where] @returns {Turn} */
export const hang = (where = "start") => ({ ...text("this never ends"), hang: where });

/** @returns {Turn} */
export const truncated = () => ({ ...text("this message breaks off"), truncate: true });

/** @returns {Turn} */
export const refusal = () => ({ ...text("I can't help with that."), stop_reason: "refusal" });

/** @returns {Turn} */
export const maxTokens = () => ({ ...text("this was too long to"), stop_reason: "max_tokens" });

/** @param {number} delayMs @param {Turn} turn @returns {Turn} */
export const delayed = (delayMs, turn) => ({ ...turn, delayMs });

/** @param {number} pings @param {number} pingEveryMs @param {Turn} turn @returns {Turn} */
export const slow = (pings, pingEveryMs, turn) => ({ ...turn, pings, pingEveryMs });
