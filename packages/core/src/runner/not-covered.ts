import type { ChangeSet } from "../evidence/change.ts";
import type { TaskState } from "../evidence/session-state.ts";
import { isTestFile } from "../gates/file-classes.ts";

/** What `pm` could not look at, or only believe, for this task: said in the report, so that silence means covered. */
export function notCovered(task: TaskState, change: ChangeSet | null): string[] {
  const qa = task.commands.filter(({ purpose, on }) => purpose === "qa" && on === "result");
  const lines = [...new Map(qa.map((command) => [command.id, command])).values()].flatMap(testsOf);
  if (change?.hollow === null && change.files.some(({ path }) => isTestFile(path)))
    lines.push(
      "Whether new tests look at what changed functions do: the change is more than bodies of functions in JavaScript, TypeScript or Python.",
    );
  lines.push(
    ...task.checks.filter((check) => wasNotAltered(task, check)).map(({ id }) => comparesUnknown(id)),
  );
  if (task.isolation === "process")
    lines.push("What agents and commands did outside of their workspace: there was no sandbox.");
  return lines;
}

/** One that may rest on what agents wrote, and has no tests that could be made to expect other values. */
const wasNotAltered = ({ checks }: TaskState, { id, on }: TaskState["checks"][number]): boolean =>
  on === "proof" && !checks.some((other) => other.id === id && other.on === "altered");

const comparesUnknown = (id: string) =>
  `Whether ${id} compares anything: it has no tests that could be made to expect something else.`;

function testsOf({ id, tests, report }: TaskState["commands"][number]): string[] {
  if (report?.tests) {
    return report.runner === "report file"
      ? [`Which tests ${id} ran, but for a report file that anything running in it could have written.`]
      : [];
  }
  if (report?.problem) return [`Which tests ${id} ran, but for what it printed: ${report.problem}.`];
  return tests === null
    ? [`Whether ${id} ran tests: no test runner was recognised.`]
    : [`Which tests ${id} ran, but for what it printed: the code under test can print that, too.`];
}
