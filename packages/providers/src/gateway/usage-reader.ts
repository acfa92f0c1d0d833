import { createLineSplitter } from "@pm/core";
import { type Tokens, usageOfAnswer } from "./usage-of-answer.ts";

export interface UsageReader {
  push(chunk: Buffer): void;
  end(): void;
  readonly model: string | null;
  /** Null as long as the answer said nothing of it. */
  readonly tokens: Tokens | null;
}

const MAX_LINE_BYTES = 8 * 1024 * 1024;
const DATA = Buffer.from("data:");

/**
 * Reads along what an answer says of its model and usage, and holds no more of it than a line.
 * @param isStream server-sent events; otherwise one JSON text, which is read at its end
 * @param onModel called once, as soon as the model is named
 */
export function createUsageReader(isStream: boolean, onModel: (model: string) => void): UsageReader {
  const state: { model: string | null; tokens: Tokens | null } = { model: null, tokens: null };

  const take = (text: string) => {
    const { model, tokens } = usageOfAnswer(text);
    // What is told later counts everything before it; an event that leaves a number out does not take it back.
    if (tokens !== null) state.tokens = state.tokens === null ? tokens : atLeast(state.tokens, tokens);
    if (model !== null && state.model === null) {
      state.model = model;
      onModel(model);
    }
  };
  const onLine = (line: Buffer) => {
    if (line.subarray(0, DATA.length).equals(DATA) && saysSomething(line)) {
      take(line.subarray(DATA.length).toString("utf8"));
    }
  };
  const splitter = createLineSplitter({ maxLineBytes: MAX_LINE_BYTES, onLine, onOversize: () => {} });
  let kept: Buffer[] = [];
  let size = 0;
  return {
    push(chunk) {
      if (isStream) return splitter.push(chunk);
      size += chunk.length;
      if (size > MAX_LINE_BYTES) kept = [];
      else kept.push(chunk);
    },
    end() {
      if (isStream) splitter.end();
      else take(Buffer.concat(kept).toString("utf8"));
    },
    get model() {
      return state.model;
    },
    get tokens() {
      return state.tokens;
    },
  };
}

/** Most events are bits of text; parsing each of them would double the work. */
function saysSomething(line: Buffer): boolean {
  return line.includes('"usage"') || line.includes('"model"');
}

function atLeast(a: Tokens, b: Tokens): Tokens {
  return {
    input_tokens: Math.max(a.input_tokens, b.input_tokens),
    output_tokens: Math.max(a.output_tokens, b.output_tokens),
    cache_read_tokens: Math.max(a.cache_read_tokens, b.cache_read_tokens),
    cache_write_tokens: Math.max(a.cache_write_tokens, b.cache_write_tokens),
  };
}
