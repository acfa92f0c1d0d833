/** What agents are asked, phase by phase. The first line of every prompt is `Phase: <NAME>`. */
import type { Plan, Requirements, Subtask, Subtasks } from "../lifecycle/handover.ts";
import type { AgentPhase } from "../lifecycle/phases.ts";
import type { Violation } from "../lifecycle/violation.ts";

export interface PromptMaterial {
  readonly task: string;
  readonly kind: string;
  readonly scope: readonly string[];
  readonly qaCommands: readonly string[];
  readonly limits: { readonly files: number; readonly tests: number; readonly seconds: number };
  readonly requirements?: Requirements;
  readonly subtasks?: Subtasks;
  readonly plan?: Plan;
  readonly subtask?: Subtask;
  /** After an approved rerun: what stood against the result before, and the person's note. */
  readonly before?: { readonly violations: readonly Violation[]; readonly note: string | null };
  /** After an answer that could not be used: why. */
  readonly correction?: string;
}

export function buildPrompt(phase: AgentPhase, material: PromptMaterial): string {
  const parts = [
    `Phase: ${phase}`,
    "",
    INSTRUCTIONS[phase](material),
    section("The task, in the person's words", material.task),
  ];
  if (material.requirements && phase !== "REQUIREMENT_ANALYSIS")
    parts.push(section("Requirements", json(material.requirements.requirements)));
  if (material.subtasks && phase === "PLANNING")
    parts.push(section("Subtasks", json(material.subtasks.subtasks)));
  if (material.before)
    parts.push(
      section(
        "An earlier attempt did not pass. What stood against it",
        material.before.violations.map((violation) => `- ${violation.code} ${violation.message}`).join("\n"),
      ),
    );
  if (material.before?.note) parts.push(section("The person's note on it", material.before.note));
  if (material.correction)
    parts.push(section("Your last answer could not be used. Give it again, corrected", material.correction));
  return `${parts.join("\n")}\n`;
}

const json = (value: unknown) => JSON.stringify(value, null, 2);
const section = (title: string, body: string) => `\n## ${title}\n${body}`;
const list = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join("\n");

const INSTRUCTIONS: Readonly<Record<AgentPhase, (material: PromptMaterial) => string>> = {
  REQUIREMENT_ANALYSIS: ({ kind }) =>
    `Analyse the task below on the repository in the current directory. Read, don't change anything.
Answer with numbered requirements (R1, R2, …), each with a statement and an acceptance criterion that a machine can
check. Together they must cover the whole task: every list item, code span, quoted string, path, flag and line of a code
block of it must stand, word for word, in some requirement. Add nothing that was not asked for. What must stay as it is
belongs to the requirement that could break it: alone, nothing that is true already can be proven.
Answer "kind": "answer" (with the answer in "answer") only where nothing is asked to be changed; the person asked for
kind "${kind}".`,
  TASK_DECOMPOSITION: () =>
    `Split the task into subtasks (S1, S2, …) for engineers who can't talk to each other. Read, don't change anything.
Every requirement must be served by a subtask. "depends_on" names subtasks whose result a subtask builds on; subtasks
that don't depend on each other run side by side and must not edit the same lines. One subtask is often best.`,
  PLANNING: ({ qaCommands, scope, limits }) =>
    `Plan the work. Read, don't change anything.
"scope": glob patterns of the files that may change, as few as possible (at most ${limits.files} files may change).
"checks" (C1, C2, …): for every requirement at least one check that FAILS now and will PASS when the requirement is met:
a "command" (an argv, run at the root of the repository without a shell and without a network), a "test" (the exact name of
a test that the commands below will run and report by name; prefer a command), or a "file" property. Checks can't be changed later, and what passes already
proves nothing. A look at a file's text proves documentation, and styles, settings and data where no code changes; beside code, what reads them must be run. Tests and scripts that will be added are also run on the present
sources, and must fail there; and on your result with functions that do nothing, where they must fail too: that something is there, or of which type it is, is no proof.
The project's own commands, run in any case:
${list(qaCommands)}${scope.length > 0 ? `\nThe person allows these paths: ${scope.join(", ")}` : ""}`,
  EXECUTION: ({ subtask, plan, qaCommands, limits }) =>
    `Do this subtask in the repository in the current directory: edit the files, add tests where behaviour changes.
Subtask ${subtask?.id ?? ""}: ${subtask?.title ?? ""}
${subtask?.instructions ?? ""}
It serves ${subtask?.requirements.join(", ") ?? ""}. Change only files in scope: ${plan?.scope.join(", ") ?? ""} (at most ${limits.files} files,
${limits.seconds} seconds). Leave existing tests, lint and CI configuration, lock files and package.json scripts as they are.
Afterwards these are run without you, on a fresh checkout without a network; run them yourself first:
${list([...qaCommands, ...(plan?.checks ?? []).map(describeCheck)])}
Leave no process running. What you say about success is not evidence; the result is checked.`,
};

function describeCheck(check: Plan["checks"][number]): string {
  switch (check.type) {
    case "command":
      return `${check.id} (${check.requirement}): ${check.argv.join(" ")}`;
    case "test":
      return `${check.id} (${check.requirement}): the test "${check.name}" passes`;
    case "file":
      return `${check.id} (${check.requirement}): ${check.path} ${check.contains ? `contains "${check.contains}"` : check.exists === false ? "does not exist" : "exists"}`;
    default:
      return check satisfies never;
  }
}
