import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eventsOf, messageOf } from "../../../../test/support/messages-server/message-stream.mjs";
import { chatEvents, responsesEvents } from "../../../../test/support/messages-server/openai-streams.mjs";
import * as turn from "../../../../test/support/messages-server/turns.mjs";
import { createUsageReader } from "../../src/gateway/usage-reader.ts";

const MODEL = "modèle-1";
const TURN: turn.Turn = {
  ...turn.tools(["write", { content: 'Grüße: "usage" and "model" 🙂' }], ["read", { path: "a" }]),
  usage: {
    input_tokens: 120,
    output_tokens: 34,
    cache_read_input_tokens: 56,
    cache_creation_input_tokens: 7,
  },
};
const events = (...all: object[]) => all.map((event) => `data: ${JSON.stringify(event)}\n\n`).join("");
const ofChat = {
  prompt_tokens: 120,
  completion_tokens: 34,
  total_tokens: 154,
  prompt_tokens_details: { cached_tokens: 20 },
};
const ofResponses = {
  input_tokens: 120,
  output_tokens: 34,
  total_tokens: 154,
  input_tokens_details: { cached_tokens: 20 },
};
const messages = { input_tokens: 120, output_tokens: 34, cache_read_tokens: 56, cache_write_tokens: 7 };
/** OpenAI counts what it read from its cache among the input. */
const openai = { input_tokens: 100, output_tokens: 34, cache_read_tokens: 20, cache_write_tokens: 0 };

const ANSWERS: readonly [string, boolean, string, object][] = [
  ["Messages", true, eventsOf(messageOf(TURN, MODEL)).join(""), messages],
  ["Messages", false, JSON.stringify(messageOf(TURN, MODEL), null, 1), messages],
  [
    "Responses",
    true,
    events(
      { type: "response.created", response: { model: MODEL, usage: null } },
      { type: "response.output_text.delta", delta: "Grüße" },
      { type: "response.completed", response: { model: MODEL, usage: ofResponses } },
    ),
    openai,
  ],
  ["Responses", false, JSON.stringify({ object: "response", model: MODEL, usage: ofResponses }), openai],
  [
    "Chat",
    true,
    `${events(
      { model: MODEL, choices: [{ delta: { content: "Grüße" } }], usage: null },
      { model: MODEL, choices: [], usage: ofChat },
    )}data: [DONE]\n\n`,
    openai,
  ],
  ["Chat", false, JSON.stringify({ object: "chat.completion", model: MODEL, usage: ofChat }), openai],
];

function read(isStream: boolean, chunks: readonly Buffer[]) {
  const named: string[] = [];
  const reader = createUsageReader(isStream, (model) => named.push(model));
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  return { named, model: reader.model, tokens: reader.tokens };
}

describe.each(ANSWERS)("the usage of an answer of %s (stream: %s)", (_, isStream, text, tokens) => {
  const bytes = Buffer.from(text);
  const expected = { named: [MODEL], model: MODEL, tokens };

  it("is read, wherever the answer is cut in two", () => {
    for (let at = 0; at <= bytes.length; at += 1) {
      expect(read(isStream, [bytes.subarray(0, at), bytes.subarray(at)])).toEqual(expected);
    }
  });

  it("is read, into however many pieces it is cut", () => {
    const cuts = fc.uniqueArray(fc.nat(bytes.length), { maxLength: 40 });
    fc.assert(
      fc.property(cuts, (places) => {
        const sorted = [0, ...places.sort((a, b) => a - b), bytes.length];
        const chunks = sorted.slice(1).map((end, index) => bytes.subarray(sorted[index], end));
        expect(read(isStream, chunks)).toEqual(expected);
      }),
      { numRuns: 50 },
    );
    expect(
      read(
        isStream,
        [...bytes].map((byte) => Buffer.from([byte])),
      ),
    ).toEqual(expected);
  });

  it("is never more than it was, of whatever part of it came", () => {
    for (let at = 0; at <= bytes.length; at += 7) {
      const part = read(isStream, [bytes.subarray(0, at)]);
      expect(part.named.length).toBeLessThanOrEqual(1);
      for (const [name, count] of Object.entries(part.tokens ?? {})) {
        expect(count).toBeLessThanOrEqual(tokens[name as keyof typeof tokens]);
      }
    }
  });
});

describe("a reader of usage", () => {
  it("understands the streams of the scripted server, which the APIs' own libraries read", () => {
    const streams = [responsesEvents(TURN, MODEL), chatEvents(TURN, MODEL)];
    for (const stream of streams) {
      const { model, tokens } = read(true, [Buffer.from(stream.join(""))]);
      expect(model).toBe(MODEL);
      expect(tokens?.output_tokens).toBe(34);
    }
  });

  it.each([true, false])("says nothing of what is no answer (stream: %s)", (isStream) => {
    const said = { named: [], model: null, tokens: null };
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(read(isStream, [Buffer.from(bytes)])).toEqual(said);
      }),
    );
    for (const text of ["", "null", "[]", '"usage"', '{"usage":7,"model":{}}']) {
      expect(read(isStream, [Buffer.from(isStream ? `data: ${text}\n\n` : text)])).toEqual(said);
    }
  });

  it("takes back nothing that an earlier event said", () => {
    const stream = events(
      { type: "message_start", message: { model: MODEL, usage: { input_tokens: 9, output_tokens: 1 } } },
      { type: "message_delta", usage: { output_tokens: 4 } },
      { type: "message_delta", usage: { output_tokens: 2, input_tokens: null } },
    );
    expect(read(true, [Buffer.from(stream)]).tokens).toMatchObject({ input_tokens: 9, output_tokens: 4 });
  });
});
