import type { AgentRunRequest } from "@pm/core";
import type { ToolCall } from "./tool-host.ts";
import { DEFAULT_TIMEOUT_SECONDS, TOOL_INPUTS, type ToolName } from "./tool-inputs.ts";

export type ParsedCall =
  | { readonly ok: true; readonly input: Record<string, unknown>; readonly limitSeconds: number }
  | { readonly ok: false; readonly problem: string };

/** The longest that a tool which only looks at files takes. */
const FILE_TOOL_SECONDS = 60;
const MAX_PROBLEMS = 5;

/** Checks a call as the model made it. `names`: the tools of the run. */
export function parseToolCall(
  call: ToolCall,
  names: readonly string[],
  limits: AgentRunRequest["limits"],
): ParsedCall {
  if (!names.includes(call.name)) {
    return {
      ok: false,
      problem: `there is no tool ${call.name.slice(0, 100)}; there are ${names.join(", ")}`,
    };
  }
  const parsed = TOOL_INPUTS[call.name as ToolName].safeParse(call.input);
  if (!parsed.success) {
    const problems = parsed.error.issues.slice(0, MAX_PROBLEMS).map(({ path, message }) => {
      const field = path.join(".");
      return field === "" ? message : `${field}: ${message}`;
    });
    return { ok: false, problem: `the input of ${call.name} does not fit: ${problems.join("; ")}` };
  }
  if (call.name !== "shell") return { ok: true, input: parsed.data, limitSeconds: FILE_TOOL_SECONDS };
  const asked = "timeout_seconds" in parsed.data ? parsed.data.timeout_seconds : undefined;
  const limitSeconds = Math.min(asked ?? DEFAULT_TIMEOUT_SECONDS, Math.max(1, limits.seconds));
  return { ok: true, input: { ...parsed.data, timeout_seconds: limitSeconds }, limitSeconds };
}
