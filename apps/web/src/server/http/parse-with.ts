import { type ErrorCode, RunnerError, stripToLine } from "@pm/core";
import type * as z from "zod";
import type { FieldErrors } from "./problem.ts";

const SHOWN = 20;

/** @throws RunnerError with `code` and what is wrong with which field */
export function parseWith(schema: z.ZodType, value: unknown, code: ErrorCode, what: string): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap(fieldErrors).slice(0, SHOWN);
  const named = errors.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`));
  const reason = `The ${what} is not as expected. ${named.slice(0, 3).join("; ")}`;
  throw new RunnerError(code, { reason, errors });
}

function fieldErrors(issue: z.core.$ZodIssue): FieldErrors {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({
      path: shown([...path, key].join(".")),
      message: "There is no such field",
    }));
  return [{ path: shown(path.join(".")), message: shown(issue.message) }];
}

/** The names of unknown fields are the sender's words. */
const shown = (text: string) => stripToLine(text).slice(0, 200);
