/** The AI SDK's words for a model and its conversation, as this folder uses them. */
import type { LanguageModel } from "ai";

export type Model = Extract<LanguageModel, { readonly specificationVersion: "v3" }>;
export type CallOptions = Parameters<Model["doStream"]>[0];
export type Message = CallOptions["prompt"][number];
export type AssistantPart = Extract<Message, { role: "assistant" }>["content"][number];
export type ToolPart = Extract<Message, { role: "tool" }>["content"][number];
export type StreamPart =
  Awaited<ReturnType<Model["doStream"]>>["stream"] extends ReadableStream<infer Part> ? Part : never;
export type ReportedUsage = Extract<StreamPart, { type: "finish" }>["usage"];
export type ProviderOptions = NonNullable<CallOptions["providerOptions"]>;

/** What an API needs beside what every API is told. */
export interface Dialect {
  /** For every call of a run; `thread` is the same for all that share a beginning. */
  options(thread: string): ProviderOptions;
  /** Put on what a prompt cache is to keep; null where the API caches by itself. */
  readonly cacheMark: ProviderOptions | null;
  /** Some APIs refuse a call without a limit to its answer: what is said for a model that is not known. */
  readonly defaultMaxOutput: number | null;
}
