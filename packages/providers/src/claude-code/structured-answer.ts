import { jsonAnswer } from "../shared/json-answer.ts";
import type { ResultEvent } from "./stream-events.ts";

/** The structured answer of a run: what `--json-schema` gave, else a final text that is one. */
export function structuredAnswer(result: ResultEvent | null): unknown {
  if (result === null) return undefined;
  if (result.structured_output !== undefined && result.structured_output !== null) {
    return result.structured_output;
  }
  return jsonAnswer(result.result ?? "");
}
