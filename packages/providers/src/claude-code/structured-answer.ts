import type { ResultEvent } from "./stream-events.ts";

const FENCED = /^```(?:json)?\s*\n([\s\S]*)\n```$/;

/**
 * The structured answer of a run: what `--json-schema` gave, else a final text that is exactly one JSON object, in a
 * code fence or bare. Anything around it, and it is no answer.
 */
export function structuredAnswer(result: ResultEvent | null): unknown {
  if (result === null) return undefined;
  if (result.structured_output !== undefined && result.structured_output !== null) {
    return result.structured_output;
  }
  const text = (result.result ?? "").trim();
  const body = FENCED.exec(text)?.[1] ?? text;
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
