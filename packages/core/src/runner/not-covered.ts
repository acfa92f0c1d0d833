import type { ChangeSet } from "../evidence/change.ts";
import type { TaskState } from "../evidence/session-state.ts";
import { changedTests } from "../gates/check-code.ts";
import { sharesProcess } from "../gates/held-tests.ts";
import { notices } from "../gates/qa-counts.ts";

/** What `pm` could not look at, or only believe, for this task: said in the report, so that silence means covered. */
export function notCovered(task: TaskState, change: ChangeSet | null): string[] {
  const qa = task.commands.filter(({ purpose, on }) => purpose === "qa" && on === "result");
  const commands = [...new Map(qa.map((command) => [command.id, command])).values()];
  const lines = commands.flatMap(testsOf);
  if (change !== null && sharesProcess(change))
    lines.push(...commands.filter((command) => wasNotHeld(task, command)).map(({ id }) => sharesUnknown(id)));
  if (change?.hollow === null && changedTests(change).length > 0)
    lines.push(
      "Whether new tests look at what changed functions do: nothing of the change is a function or a constant in JavaScript, TypeScript, Python or Rust.",
    );
  lines.push(
    ...task.checks.filter((check) => wasNotAltered(task, check)).map(({ id }) => comparesUnknown(id)),
  );
  if (task.isolation === "process")
    lines.push("What agents and commands did outside of their workspace: there was no sandbox.");
  return lines;
}

/** Tests that need another clock themselves fail on the base, too. */
function wasNotHeld({ commands }: TaskState, { id, tests }: TaskState["commands"][number]): boolean {
  const runs = commands.filter((ran) => ran.purpose === "qa" && ran.id === id);
  const [held, control] = (["held", "held_base"] as const).map((on) => runs.filter((ran) => ran.on === on));
  return tests !== null && (held?.length === 0 || (control ?? []).some(notices));
}

const sharesUnknown = (id: string) =>
  `Whether the result replaces the clock or functions that it shares with the tests of ${id}: not all of them could run while these were held.`;

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
