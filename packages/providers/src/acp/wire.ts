/**
 * The agent's standard input and output as a stream of messages.
 *
 * Owns the pipe into the agent. Invariants:
 * X1 only what is a JSON-RPC message goes on; a line that is none, or no UTF-8, is counted as malformed;
 * X2 a line longer than 8 MiB is dropped and counted, and after many broken lines none is read;
 * X3 an answer to a question that nobody asked goes no further: the library would print it;
 * X4 updates of the session are handed over in the order of their lines, before any message that follows them.
 */
import { PassThrough, type Readable } from "node:stream";
import { TextDecoder } from "node:util";
import type { AnyMessage, Stream } from "@agentclientprotocol/sdk";
import { createLineSplitter } from "@pm/core";
import * as z from "zod";

export interface WireOptions {
  /** Every line as it came, for the transcript. */
  readonly onLine: (line: Buffer) => void;
  /** The parameters of a `session/update`. */
  readonly onUpdate: (params: unknown) => void;
}

export interface Wire {
  readonly stdin: Readable;
  readonly stream: Stream;
  push(chunk: Buffer): void;
  /** The agent is gone. */
  end(): void;
  /** Closes the agent's standard input. */
  close(): void;
  readonly malformedLines: number;
  readonly oversizeLines: number;
}

const MAX_LINE_BYTES = 8 * 1024 * 1024;
const MAX_MALFORMED = 10_000;
const SPACE = 0x20;
const OPENING_BRACE = 0x7b;

const id = z.union([z.string(), z.number(), z.null()]);
const callSchema = z.looseObject({ jsonrpc: z.literal("2.0"), method: z.string(), id: id.optional() });
const answerSchema = z.union([
  z.looseObject({ jsonrpc: z.literal("2.0"), id, result: z.unknown() }),
  z.looseObject({
    jsonrpc: z.literal("2.0"),
    id,
    error: z.looseObject({ code: z.number(), message: z.string() }),
  }),
]);

export function createWire(options: WireOptions): Wire {
  const stdin = new PassThrough();
  const asked = new Set<unknown>();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let malformedLines = 0;
  let oversizeLines = 0;
  let incoming: ReadableStreamDefaultController<AnyMessage> | null = null;

  const parse = (line: Buffer): unknown => {
    try {
      return JSON.parse(decoder.decode(line));
    } catch {
      return undefined;
    }
  };
  const onLine = (line: Buffer) => {
    const first = line.find((byte) => byte > SPACE);
    if (first === undefined) return;
    options.onLine(line);
    const message = first === OPENING_BRACE && malformedLines < MAX_MALFORMED ? parse(line) : undefined;
    const call = callSchema.safeParse(message);
    if (call.success) {
      if (call.data.method === "session/update" && call.data.id === undefined) {
        return options.onUpdate(call.data.params);
      }
      return incoming?.enqueue(message as AnyMessage);
    }
    const answer = answerSchema.safeParse(message);
    if (answer.success && asked.delete(answer.data.id)) incoming?.enqueue(message as AnyMessage);
    else malformedLines += 1;
  };
  const splitter = createLineSplitter({
    maxLineBytes: MAX_LINE_BYTES,
    onLine,
    onOversize: (bytes) => {
      oversizeLines += 1;
      options.onLine(Buffer.from(`[a line of ${bytes} bytes was dropped]`));
    },
  });

  const stream: Stream = {
    readable: new ReadableStream<AnyMessage>({
      start(controller) {
        incoming = controller;
      },
      cancel() {
        incoming = null;
      },
    }),
    writable: new WritableStream<AnyMessage>({
      write(message) {
        if ("method" in message && "id" in message) asked.add(message.id);
        if (stdin.writable) stdin.write(`${JSON.stringify(message)}\n`);
      },
    }),
  };
  return {
    stdin,
    stream,
    push: splitter.push,
    end() {
      splitter.end();
      incoming?.close();
      incoming = null;
      stdin.destroy();
    },
    close: () => stdin.end(),
    get malformedLines() {
      return malformedLines;
    },
    get oversizeLines() {
      return oversizeLines;
    },
  };
}
