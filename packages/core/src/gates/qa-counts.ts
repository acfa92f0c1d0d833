import type { CommandRecord, TaskEvidence } from "./task-evidence.ts";

/** Tests that a QA command executed (passed or failed, not skipped); null where they could not be counted or it did not run. */
export interface QaCount {
  readonly id: string;
  readonly base: number | null;
  readonly result: number | null;
  /** Whether the command ran there at all. */
  readonly ranOnBase: boolean;
}

/** QA commands as they ran on the result that is judged, and on no other tree. */
export function qaOnResult(evidence: TaskEvidence): CommandRecord[] {
  const tree = evidence.change?.result;
  return evidence.commands.filter(
    (command) => command.purpose === "qa" && command.on === "result" && command.tree === tree,
  );
}

/** One QA command's runs on trees of a role. */
export function qaOn(evidence: TaskEvidence, on: CommandRecord["on"], id: string): CommandRecord[] {
  return evidence.commands.filter(
    (command) => command.purpose === "qa" && command.on === on && command.id === id,
  );
}

/** Executed tests of each QA command, before and after. Of several runs the one with the fewest counts on the result. */
export function qaCounts(evidence: TaskEvidence): QaCount[] {
  const onBase = evidence.commands.filter((command) => command.purpose === "qa" && command.on === "base");
  const onResult = qaOnResult(evidence);
  const ids = [...new Set([...onBase, ...onResult].map(({ id }) => id))];
  return ids.map((id) => {
    const base = onBase.filter((command) => command.id === id);
    const result = onResult.filter((command) => command.id === id).map(executed);
    return {
      id,
      base: most(base.map(executed)),
      result: result.includes(null) || result.length === 0 ? null : Math.min(...result.map(Number)),
      ranOnBase: base.length > 0,
    };
  });
}

/** The command ended by itself with exit code 0. */
export function succeeded(command: CommandRecord): boolean {
  return command.termination === "exited" && command.exit_code === 0 && command.signal === null;
}

/** How a command ended, for people. */
export function outcomeOf(command: CommandRecord): string {
  if (command.termination === "spawn_failed") return "the program could not be started";
  if (command.termination === "aborted") return "it was stopped";
  if (command.termination !== "exited") return "it took too long and was stopped";
  return command.signal === null ? `exit code ${command.exit_code ?? "unknown"}` : `signal ${command.signal}`;
}

/** Whether a runner's own report says which tests the command ran. */
export function isReported({ report }: CommandRecord): boolean {
  return report !== undefined && report.tests !== null;
}

/** The command says in one way or another that a test failed. */
export function notices(command: CommandRecord): boolean {
  return !succeeded(command) || (command.tests?.failed ?? 0) > 0;
}

/** Whether the command's runner left reports elsewhere in the task, so that it can, and here left none. */
export function isSilenced(evidence: TaskEvidence, { report }: CommandRecord): boolean {
  if (report === undefined || report.problem === null) return false;
  return evidence.commands.some((other) => other.report?.runner === report.runner && isReported(other));
}

function executed({ tests }: CommandRecord): number | null {
  return tests === null ? null : tests.passed + tests.failed;
}

function most(counts: readonly (number | null)[]): number | null {
  const known = counts.filter((count) => count !== null);
  return known.length === 0 ? null : Math.max(...known);
}
