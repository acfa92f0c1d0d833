import type { AgentRunRequest } from "@pm/core";
import type { ToolDefinition } from "../tools/tool-host.ts";

export const ANSWER_TOOL = "answer";

/** The tool that hands in the structured answer of a planning phase. It is ours: the tool host does not know it. */
export function answerTool(output: NonNullable<AgentRunRequest["output"]>): ToolDefinition {
  return {
    name: ANSWER_TOOL,
    description: `Hand in your final answer (${output.name}). Call it exactly once, when you know all that it needs; it ends your work.`,
    inputSchema: output.jsonSchema,
    changes: true,
  };
}
