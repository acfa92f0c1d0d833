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
 * Tests that pass on the base under the same, and on the result in no run. Where a runner does not name them, or the process
 * fails only at its end, the exit code has to do. What fails without that, too, is told of the base's tests put back. Without
 * such runs nothing is said: sessions of before have none, and not everything can be held.
 */
export function heldFaults(evidence: TaskEvidence, { id }: CommandRecord): string[] {
  const runs = qaOn(evidence, "held", id);
  const control = qaOn(evidence, "held_base", id).at(-1);
  if (control === undefined || !runs.every(notices)) return [];
  const restored = qaOn(evidence, "restored", id);
  const told = restored.some(notices);
  const where = "on the result as soon as it can't replace the clock and functions that it shares with them";
  if (![...runs, control].every(isReported))
    return told || notices(control) ? [] : [`the base's tests fail ${where}`];
  if (told && !restored.every(isReported)) return [];
  const passed = new Set(runs.flatMap(passedNames));
  const otherwise = new Set((told ? restored : [control]).flatMap(passedNames));
  const failing = [...new Set(passedNames(control))].filter(
    (name) => !passed.has(name) && otherwise.has(name),
  );
  if (failing.length > 0)
    return [`${failing.length} of the base's tests fail ${where}: ${listed(failing, 3)}`];
  const atItsEnd = runs.every(({ tests }) => tests?.failed === 0) && !told && !notices(control);
  return atItsEnd ? [`it fails, though none of the base's tests does, ${where}`] : [];
}

function passedNames({ executed }: CommandRecord): string[] {
  return (executed ?? []).filter(({ passed }) => passed).map(stableName);
}
