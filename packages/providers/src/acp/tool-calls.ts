import { stripToLine } from "@pm/core";
import * as z from "zod";
import { toolDetail } from "../shared/tool-detail.ts";

const text = z.string().nullish().catch(undefined);
const pathsOf = z
  .array(z.looseObject({ path: z.string() }))
  .nullish()
  .catch(undefined);

/** What the protocol says of a tool call; later words about the same id add to it. */
export const toolCallSchema = z.looseObject({
  toolCallId: z.string(),
  kind: text,
  title: text,
  locations: pathsOf,
  /** Of these only the changes to files name a path. */
  content: z
    .array(z.looseObject({ type: z.string(), path: z.string().optional() }))
    .nullish()
    .catch(undefined),
  rawInput: z.unknown().optional(),
});
export type ToolCall = z.infer<typeof toolCallSchema>;

const inputPaths = z.looseObject({
  file_path: z.string().optional().catch(undefined),
  notebook_path: z.string().optional().catch(undefined),
  path: z.string().optional().catch(undefined),
});

/** @returns what is known of a call after more was said of it. */
export function withMore(known: ToolCall | undefined, more: ToolCall): ToolCall {
  return {
    ...more,
    kind: more.kind ?? known?.kind,
    title: more.title ?? known?.title,
    locations: more.locations ?? known?.locations,
    content: more.content ?? known?.content,
    rawInput: more.rawInput ?? known?.rawInput,
  };
}

/** Every path that a call names, wherever it names it. */
export function pathsIn({ locations, content, rawInput }: ToolCall): string[] {
  const input = inputPaths.safeParse(rawInput).data ?? {};
  return [
    ...(locations ?? []).map(({ path }) => path),
    ...(content ?? []).map(({ type, path }) => (type === "diff" ? path : undefined)),
    input.file_path,
    input.notebook_path,
    input.path,
  ].filter((path) => path !== undefined);
}

const MAX_CHARS = 200;

/** For people: `edit(/a/b.txt)`. */
export function labelOf(call: ToolCall): string {
  const detail = detailOf(call);
  return detail === "" ? kindOf(call) : `${kindOf(call)}(${detail})`;
}

export function kindOf(call: ToolCall): string {
  return stripToLine(call.kind ?? "other").slice(0, MAX_CHARS);
}

export function detailOf(call: ToolCall): string {
  const said = toolDetail(call.rawInput) || pathsIn(call)[0] || call.title || "";
  return stripToLine(said).slice(0, MAX_CHARS);
}
