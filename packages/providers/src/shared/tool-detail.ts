import { stripToLine } from "@pm/core";
import * as z from "zod";

const inputSchema = z.looseObject({
  file_path: z.string().optional().catch(undefined),
  notebook_path: z.string().optional().catch(undefined),
  command: z.string().optional().catch(undefined),
  pattern: z.string().optional().catch(undefined),
  path: z.string().optional().catch(undefined),
  argv: z.array(z.string()).optional().catch(undefined),
});

const MAX_CHARS = 200;

/** What a tool call is about, in one line for people: a path, a command or a pattern. */
export function toolDetail(input: unknown): string {
  const parsed = inputSchema.safeParse(input);
  if (!parsed.success) return "";
  const { file_path, notebook_path, command, pattern, path, argv } = parsed.data;
  const detail = stripToLine(
    file_path ?? notebook_path ?? command ?? pattern ?? path ?? argv?.join(" ") ?? "",
  );
  if (detail.length <= MAX_CHARS) return detail;
  // It is redacted afterwards, and half a secret would not be known for one: the word that is cut goes whole.
  const head = detail.slice(0, MAX_CHARS - 1);
  return `${head.slice(0, head.lastIndexOf(" ") + 1)}…`;
}
