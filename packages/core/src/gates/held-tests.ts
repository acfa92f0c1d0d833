/** Tests of the base on the result, while nothing can replace the clock and functions that both share. */
import type { ChangeSet } from "../evidence/change.ts";
import { isTestFile } from "./file-classes.ts";
import { stableName } from "./lost-tests.ts";
import { listed } from "./objector.ts";
import { isReported, notices, qaOn } from "./qa-counts.ts";
import type { CommandRecord, TaskEvidence } from "./task-evidence.ts";

/** Languages whose code runs in the process of its tests and can replace what is built in. */
const OPEN_LANGUAGE = /\.(?:[cm]?[jt]sx?|vue|svelte|py)$/i;

/** Whether code under test changed that could replace what it shares with its tests. */
export function sharesProcess({ files }: ChangeSet): boolean {
  return files.some(
    ({ path, status }) => status !== "deleted" && OPEN_LANGUAGE.test(path) && !isTestFile(path),
  );
}

/**
 * Tests that pass on the base under the same, and on the result in no run. Where a runner does not name them, the exit
 * code has to do. Without such runs nothing is said: sessions of before have none, and not everything can be held.
 */
export function heldFaults(evidence: TaskEvidence, { id }: CommandRecord): string[] {
  const runs = qaOn(evidence, "held", id);
  const control = qaOn(evidence, "held_base", id).at(-1);
  if (control === undefined || !runs.every(notices)) return [];
  const where = "on the result as soon as it can't replace the clock and functions that it shares with them";
  if (![...runs, control].every(isReported))
    return notices(control) ? [] : [`the base's tests fail ${where}`];
  const passed = new Set(runs.flatMap(passedNames));
  const failing = [...new Set(passedNames(control))].filter((name) => !passed.has(name));
  if (failing.length === 0) return [];
  return [`${failing.length} of the base's tests fail ${where}: ${listed(failing, 3)}`];
}

function passedNames({ executed }: CommandRecord): string[] {
  return (executed ?? []).filter(({ passed }) => passed).map(stableName);
}
