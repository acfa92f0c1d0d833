/**
 * Reads what Claude Code prints and keeps the facts.
 *
 * Owns the facts of one run. Invariants:
 * F1 a tool call counts once by its id, the one that hands in the structured answer not at all;
 * F2 usage comes from the result alone: the blocks of one message repeat the message's usage;
 * F3 a line that is no JSON object with a `type`, or no valid UTF-8, is malformed; an unknown event is not;
 * F4 an agent that prints without end costs little: after many lines that only look like events, none is read.
 */
import { TextDecoder } from "node:util";
import { type AgentActivity, createLineSplitter } from "@pm/core";
import type * as z from "zod";
import { toolDetail } from "../shared/tool-detail.ts";
import type { Transcript } from "../shared/transcript.ts";
import {
  anyEventSchema,
  assistantEventSchema,
  deniedEventSchema,
  initEventSchema,
  type ResultEvent,
  resultEventSchema,
  retryEventSchema,
} from "./stream-events.ts";

export interface StreamFacts {
  /** Every event of type result, readable or not. */
  resultEvents: number;
  /** The last readable one. */
  result: ResultEvent | null;
  toolIds: Set<string>;
  /** By tool use id: what was denied. */
  denials: Map<string, string>;
  malformedLines: number;
  oversizeLines: number;
  model: string | null;
  version: string | null;
  /** The last text of an assistant message. */
  lastText: string;
}

export interface StreamReader {
  push(chunk: Buffer): void;
  end(): void;
  readonly facts: StreamFacts;
}

export interface StreamReaderOptions {
  readonly transcript: Transcript;
  readonly onActivity: (activity: AgentActivity) => void;
  /** Called at the first result event. */
  readonly onResult: () => void;
}

const MAX_LINE_BYTES = 8 * 1024 * 1024;
const MAX_FAILED_PARSES = 10_000;
const SPACE = 0x20;
const OPENING_BRACE = 0x7b;
const ANSWER_TOOL = "StructuredOutput";
/** Bits of messages as they are made; they show that the agent is alive, and their message follows whole. */
const PARTIAL = "stream_event";

export function createStreamReader(options: StreamReaderOptions): StreamReader {
  const parseLine = createLineParser();
  const facts: StreamFacts = {
    resultEvents: 0,
    result: null,
    toolIds: new Set(),
    denials: new Map(),
    malformedLines: 0,
    oversizeLines: 0,
    model: null,
    version: null,
    lastText: "",
  };

  const malformed = (line: Buffer) => {
    facts.malformedLines += 1;
    options.transcript.add(line);
  };

  const onLine = (line: Buffer) => {
    const parsed = parseLine(line);
    if (parsed === "blank") return;
    if (parsed === null) return malformed(line);
    if (parsed.type !== PARTIAL) options.transcript.add(line);
    takeEvent(parsed);
  };

  const takeEvent = (event: z.infer<typeof anyEventSchema>) => {
    if (event.type === "assistant") takeAssistant(event);
    else if (event.type === "result") takeResult(event);
    else if (event.type === "system") takeSystem(event);
  };

  const takeSystem = (event: z.infer<typeof anyEventSchema>) => {
    if (event.subtype === "init") {
      const init = initEventSchema.safeParse(event).data;
      facts.model = init?.model ?? facts.model;
      facts.version = init?.claude_code_version ?? facts.version;
    } else if (event.subtype === "api_retry") {
      const retry = retryEventSchema.safeParse(event).data;
      const reason = [retry?.error_status, retry?.error].filter(Boolean).join(" ");
      options.onActivity({ kind: "retry", reason: reason || "unknown" });
    } else if (event.subtype === "permission_denied") {
      const denied = deniedEventSchema.safeParse(event).data;
      if (denied) deny(denied.tool_use_id, denied.tool_name);
    }
  };

  const takeAssistant = (event: unknown) => {
    for (const block of assistantEventSchema.safeParse(event).data?.message.content ?? []) {
      if (block.type === "text" && typeof block.text === "string") {
        facts.lastText = block.text;
        options.onActivity({ kind: "text", text: block.text });
      } else if (block.type === "tool_use" && typeof block.name === "string") {
        const id = typeof block.id === "string" ? block.id : `unnamed ${facts.toolIds.size}`;
        if (block.name === ANSWER_TOOL || facts.toolIds.has(id)) continue;
        facts.toolIds.add(id);
        options.onActivity({ kind: "tool", name: block.name, detail: toolDetail(block.input) });
      }
    }
  };

  const takeResult = (event: unknown) => {
    facts.resultEvents += 1;
    const parsed = resultEventSchema.safeParse(event);
    if (!parsed.success) facts.malformedLines += 1;
    else {
      facts.result = parsed.data;
      for (const denial of parsed.data.permission_denials ?? []) {
        const detail = toolDetail(denial.tool_input);
        deny(denial.tool_use_id, denial.tool_name + (detail === "" ? "" : `(${detail})`));
      }
    }
    if (facts.resultEvents === 1) options.onResult();
  };

  /** The result tells more than the event before it, so the later one stands. */
  const deny = (id: string | undefined, what: string) => {
    facts.denials.set(id ?? `unnamed ${facts.denials.size}`, what);
  };

  const splitter = createLineSplitter({
    maxLineBytes: MAX_LINE_BYTES,
    onLine,
    onOversize: (bytes) => {
      facts.oversizeLines += 1;
      options.transcript.add(`[a line of ${bytes} bytes was dropped]`);
    },
  });
  return { push: splitter.push, end: splitter.end, facts };
}

type ParsedLine = z.infer<typeof anyEventSchema> | "blank" | null;

function createLineParser(): (line: Buffer) => ParsedLine {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let failures = 0;
  return (line) => {
    const first = line.find((byte) => byte > SPACE);
    if (first === undefined) return "blank";
    // Told before parsing: an error for each of ten million lines takes minutes.
    if (first !== OPENING_BRACE || failures >= MAX_FAILED_PARSES) return null;
    try {
      const event = anyEventSchema.safeParse(JSON.parse(decoder.decode(line)));
      if (event.success) return event.data;
    } catch {
      failures += 1;
    }
    return null;
  };
}
