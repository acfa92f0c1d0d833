import type { AgentRunRequest } from "@pm/core";

export interface ArgumentsInput {
  readonly request: AgentRunRequest;
  readonly conversation: { readonly id: string; readonly resume: boolean };
  readonly memory: string | null;
  readonly model: string | null;
  readonly maxBudgetUsd: number | null;
}

const READ_TOOLS = ["Read", "Glob", "Grep"];
const WRITE_TOOLS = [...READ_TOOLS, "Edit", "Write", "NotebookEdit", "Bash"];
/** Edits inside the workspace are allowed by the permission mode; one outside it shall be denied, and seen. */
const ALLOWED_TO_READ = READ_TOOLS;
const ALLOWED_TO_WRITE = [...READ_TOOLS, "Bash"];

const NOTES = `You are run without a person at hand: nobody can answer a question.
Change files only below your working directory. For scratch files use the shell and $TMPDIR.
Start nothing that outlives your last command.`;

/** The options of one run. The prompt is not among them: it goes over stdin. */
export function claudeArguments({
  request,
  conversation,
  memory,
  model,
  maxBudgetUsd,
}: ArgumentsInput): string[] {
  const write = request.access === "write";
  return [
    "-p",
    ...["--output-format", "stream-json", "--verbose", "--include-partial-messages"],
    ...["--permission-mode", "acceptEdits"],
    ...["--tools", (write ? WRITE_TOOLS : READ_TOOLS).join(",")],
    ...["--allowedTools", (write ? ALLOWED_TO_WRITE : ALLOWED_TO_READ).join(",")],
    "--strict-mcp-config",
    ...["--setting-sources", ""],
    "--disable-slash-commands",
    ...["--append-system-prompt", memory === null ? NOTES : `${NOTES}\n\n${memory}`],
    ...(model === null ? [] : ["--model", model]),
    ...(maxBudgetUsd === null ? [] : ["--max-budget-usd", String(maxBudgetUsd)]),
    ...(request.output === null ? [] : ["--json-schema", JSON.stringify(request.output.jsonSchema)]),
    ...[conversation.resume ? "--resume" : "--session-id", conversation.id],
  ];
}
