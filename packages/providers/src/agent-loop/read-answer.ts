import type { AssistantPart, ReportedUsage, StreamPart } from "./model-types.ts";

export interface ModelCall {
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
  /** What the model gave for arguments where that is no JSON; null where it is. */
  readonly malformed: string | null;
}

export interface Answer {
  /** What the conversation goes on with. */
  readonly content: readonly AssistantPart[];
  readonly calls: readonly ModelCall[];
  readonly text: string;
  readonly finish: "stop" | "length" | "content-filter" | "tool-calls" | "error" | "other";
  readonly usage: ReportedUsage;
  /** As the API names it. */
  readonly model: string | null;
}

/** The stream ended, or broke off, before the model had finished. */
export class CutOff extends Error {}

interface OpenPart {
  readonly type: "text" | "reasoning";
  text: string;
  providerOptions: Metadata;
}
type Metadata = NonNullable<AssistantPart["providerOptions"]> | undefined;

/**
 * Reads one answer from the parts of its stream.
 * @param onChars is told how much came
 * @throws CutOff, and what the API reported in the middle of the stream
 */
export async function readAnswer(
  stream: AsyncIterable<StreamPart>,
  onChars: (count: number) => void,
): Promise<Answer> {
  const content: AssistantPart[] = [];
  const calls: ModelCall[] = [];
  const open = new Map<string, OpenPart>();
  let model: string | null = null;
  for await (const part of stream) {
    switch (part.type) {
      case "response-metadata":
        model = part.modelId ?? model;
        break;
      case "text-start":
      case "reasoning-start":
        open.set(part.id, {
          type: part.type === "text-start" ? "text" : "reasoning",
          text: "",
          providerOptions: part.providerMetadata,
        });
        break;
      case "text-delta":
      case "reasoning-delta":
      case "text-end":
      case "reasoning-end": {
        const found = open.get(part.id);
        if (found === undefined) break;
        if ("delta" in part) {
          found.text += part.delta;
          onChars(part.delta.length);
        }
        found.providerOptions = merged(found.providerOptions, part.providerMetadata);
        if ("delta" in part) break;
        open.delete(part.id);
        // APIs refuse to be handed back an empty text.
        if (found.type === "reasoning" || found.text.trim() !== "") content.push(toPart(found));
        break;
      }
      case "tool-input-delta":
        onChars(part.delta.length);
        break;
      case "tool-call": {
        const { input, malformed } = parseInput(part.input);
        const { toolCallId, toolName, providerMetadata } = part;
        calls.push({ id: toolCallId, name: toolName, input, malformed });
        const call = { type: "tool-call", toolCallId, toolName, input } as const;
        content.push(providerMetadata ? { ...call, providerOptions: providerMetadata } : call);
        break;
      }
      case "error":
        throw part.error;
      case "finish": {
        const { unified, raw } = part.finishReason;
        if (unified === "other" && raw === undefined) throw new CutOff("it ended without saying why");
        const text = content.flatMap((item) => (item.type === "text" ? [item.text] : [])).join("\n");
        return { content, calls, text, finish: unified, usage: part.usage, model };
      }
    }
  }
  throw new CutOff("it ended in the middle");
}

function toPart({ type, text, providerOptions }: OpenPart): AssistantPart {
  return providerOptions === undefined ? { type, text } : { type, text, providerOptions };
}

function merged(before: Metadata, after: Metadata): Metadata {
  if (before === undefined || after === undefined) return after ?? before;
  const names = [...Object.keys(before), ...Object.keys(after)];
  return Object.fromEntries(names.map((name) => [name, { ...before[name], ...after[name] }]));
}

/** A call is handed back to the API, which takes nothing but an object for its input. */
function parseInput(text: string): { input: object; malformed: string | null } {
  try {
    const input: unknown = text.trim() === "" ? {} : JSON.parse(text);
    if (typeof input === "object" && input !== null && !Array.isArray(input))
      return { input, malformed: null };
  } catch {
    // Told to the model below.
  }
  return { input: {}, malformed: text };
}
