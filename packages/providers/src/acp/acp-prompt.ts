import type { AgentRunRequest } from "@pm/core";

const NOTES = `You are run without a person at hand: nobody can answer a question.`;
const WRITING = `Change files only below your working directory. Start nothing that outlives your last command.`;
const READING = `Only read and search: change no file and run no command; both would be refused.`;

/** The prompt of a run. The protocol has no structured answers, so the schema is asked for in words. */
export function acpPrompt({
  prompt,
  access,
  output,
}: Pick<AgentRunRequest, "prompt" | "access" | "output">): string {
  const notes = `${NOTES}\n${access === "write" ? WRITING : READING}`;
  if (output === null) return `${prompt}\n\n${notes}`;
  const schema = JSON.stringify(output.jsonSchema);
  return `${prompt}\n\n${notes}\n\nAnswer with exactly one JSON object and nothing else. It must be valid against this JSON Schema:\n${schema}`;
}
