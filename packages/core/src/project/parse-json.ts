import { RunnerError } from "../errors/runner-error.ts";
import { findJsonError } from "./json-error.ts";

/** Strict JSON; a byte order mark is forgiven. @throws E107 with line, column and reason. */
export function parseJson(text: string, path: string): unknown {
  const body = text.replace(/^\uFEFF/, "");
  const error = findJsonError(body);
  if (error !== null) throw new RunnerError("E107", { path, ...error });
  return JSON.parse(body);
}
