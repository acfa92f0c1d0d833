import type { TreeRole } from "../evidence/tree-role.ts";
import type { Check } from "../lifecycle/handover.ts";
import {
  changedScripts,
  changedTests,
  isInlineCode,
  isProgram,
  isTypeCheck,
  namesTest,
  proofFiles,
  runsChangedTest,
} from "./check-code.ts";
import { isReported, isSilenced, outcomeOf, succeeded } from "./qa-counts.ts";
import type { CommandRecord, TaskEvidence } from "./task-evidence.ts";

/**
 * What a plan's check is worth. `counts`: it failed on the base and passes on the result. `fails`: it does not pass on
 * the result, or nobody knows. `proves nothing`: it passes, but did so before.
 */
export interface CheckStanding {
  readonly worth: "counts" | "fails" | "proves nothing";
  /** Why it does not count, as a clause. */
  readonly reason: string;
  /** It counts for what is exported or of which type it is, and not for what that does. */
  readonly declares?: true;
}

/** Judges one check from what `pm` recorded of it; a record that does not fit the check exactly is no record. */
export function checkStanding(evidence: TaskEvidence, check: Check): CheckStanding {
  return check.type === "command" ? ofCommand(evidence, check) : ofRecord(evidence, check);
}

function ofCommand(evidence: TaskEvidence, check: Extract<Check, { type: "command" }>): CheckStanding {
  const records = recordsOf(evidence, check.id, check.argv);
  const result = records.filter(({ on, tree }) => on === "result" && tree === evidence.change?.result);
  const broken = result.find((record) => !succeeded(record));
  if (broken)
    return { worth: "fails", reason: `${check.id} does not pass on the result: ${outcomeOf(broken)}` };
  if (result.length === 0) return { worth: "fails", reason: `${check.id} was not run on the result` };
  const empty = result.map((record) => withoutTests(evidence, record)).find((reason) => reason !== null);
  if (empty) return { worth: "fails", reason: `${check.id} ends with exit code 0, but ${empty}` };
  const before = records.filter(({ on }) => on === "base");
  if (before.length === 0) return nothing(`${check.id} was not run on the base`);
  const counted = result.every(ranTests);
  const runs = counted || namesTest(check) || !isProgram(check.argv);
  if (!before.every(failed) && !isAnother(evidence, check, counted, before))
    return nothing(`${check.id} passed before the change, too`);
  return proven(evidence, check, {
    outcomes: records.map((record) => ({ on: record.on, tree: record.tree, failed: failed(record) })),
    runsTests: runs,
    rests: isInlineCode(check.argv) || restsOnWritten(evidence, check, runs),
  });
}

/**
 * Green before, and yet another check now: it runs tests that agents changed, by name or among others, so it has to fail
 * on the base with these instead; or it names a test that the base doesn't have, and ran none there.
 */
function isAnother(
  { change }: TaskEvidence,
  check: Check,
  counted: boolean,
  before: readonly CommandRecord[],
): boolean {
  if (change === null) return false;
  if (runsChangedTest(change, check)) return true;
  if (!counted || changedTests(change).length === 0) return false;
  return before.every((record) => failed(record) || record.tests !== null);
}

/** Whether tests or scripts of the agents' own speak in a command's outcome. */
function restsOnWritten(evidence: TaskEvidence, check: Check, runs: boolean): boolean {
  const { change } = evidence;
  if (change === null) return false;
  const tests = runsChangedTest(change, check) || (runs && changedTests(change).length > 0);
  return tests || startsOwnScript(evidence, check);
}

function startsOwnScript({ change, prompt }: TaskEvidence, check: Check): boolean {
  return change !== null && changedScripts(change, check, prompt).length > 0;
}

/** Whether anything of the result is a part of the check. */
function isWritten({ change, prompt }: TaskEvidence, check: Check): boolean {
  return change !== null && proofFiles(change, check, prompt).length > 0;
}

function ranTests({ tests }: CommandRecord): boolean {
  return tests !== null && tests.passed + tests.failed > 0;
}

function ofRecord(evidence: TaskEvidence, check: Exclude<Check, { type: "command" }>): CheckStanding {
  const records = evidence.checks.filter(({ id }) => id === check.id);
  const result = records.filter(({ on, tree }) => on === "result" && tree === evidence.change?.result);
  const broken = result.find(({ passed }) => !passed);
  if (broken) return { worth: "fails", reason: `${check.id} does not pass on the result: ${broken.detail}` };
  if (result.length === 0) return { worth: "fails", reason: `${check.id} was not evaluated on the result` };
  const before = records.filter(({ on }) => on === "base");
  if (before.length === 0) return nothing(`${check.id} was not evaluated on the base`);
  if (before.some(({ passed }) => passed)) return nothing(`${check.id} passed before the change, too`);
  return proven(evidence, check, {
    outcomes: records.map(({ on, tree, passed }) => ({ on, tree, failed: !passed })),
    runsTests: check.type === "test",
    rests: isWritten(evidence, check),
  });
}

interface Outcome {
  readonly on: TreeRole;
  readonly tree: string;
  readonly failed: boolean;
}

interface Ran {
  readonly outcomes: readonly Outcome[];
  /** Tests speak in it. */
  readonly runsTests: boolean;
  /** What agents wrote speaks in it: tests, scripts, or code in the command itself. */
  readonly rests: boolean;
}

/** What a check that agents wrote, or may have, must also fail on: see `proveChecks` in the runner. */
function proven(evidence: TaskEvidence, check: Check, ran: Ran): CheckStanding {
  const written = isWritten(evidence, check);
  const proof = ran.outcomes.filter(({ on }) => on === "proof");
  // A command runs on the base a second time in any case: what only waits or tosses a coin may pass there, too.
  if ((written || check.type === "command") && proof.length === 0)
    return nothing(`${check.id} was not run on the base${written ? " with the new tests" : " again"}`);
  if (!proof.every(({ failed }) => failed))
    return nothing(
      written
        ? `${check.id} passes with the new tests alone, without the change they should test`
        : `${check.id} passes on the base, too, when it runs again`,
    );
  return aboutNothing(evidence, check, ran, written) ?? { worth: "counts", reason: "" };
}

/** It passes where nothing is left that it could be about. */
function aboutNothing(
  evidence: TaskEvidence,
  check: Check,
  { outcomes, runsTests, rests }: Ran,
  written: boolean,
): CheckStanding | null {
  const { id } = check;
  const emptied = evidence.change?.hollow ?? null;
  // Its own scripts are put back there, which makes it another tree.
  const own = startsOwnScript(evidence, check);
  const hollow = outcomes.filter(({ on, tree }) => on === "hollow" && (own || tree === emptied));
  const passes = (role: TreeRole) => outcomes.some(({ on, failed }) => on === role && !failed);
  let declares = false;
  if (rests && emptied !== null) {
    if (written && hollow.length === 0)
      return nothing(`${id} was not run without the bodies of the changed functions`);
    const fails = (role: TreeRole) => outcomes.some(({ on }) => on === role) && !passes(role);
    // To return nothing may be what was asked for: then it must rest on functions that the base has, on their change, and
    // on what its tests expect: one that expects nothing fails wherever the base threw.
    const isOfChange = fails("thrown") && fails("reverted") && (!runsTests || fails("altered"));
    declares = !hollow.every(({ failed }) => failed) && !isOfChange;
    if (declares && !fails("undeclared") && !(isTypeCheck(check) && fails("reverted")))
      return nothing(
        `${id} passes without the bodies of the changed functions: it does not look at what they do`,
      );
  }
  if (passes("emptied")) return nothing(`${id} passes with the program that it starts empty`);
  if (runsTests && passes("altered"))
    return nothing(`${id} passes whatever its tests expect: it compares nothing`);
  return declares ? { worth: "counts", reason: "", declares } : null;
}

/** Where the changed files hold all their words and no meaning: who passes there only looks for text. */
export function onlyLooks(evidence: TaskEvidence, check: Check): boolean {
  if (check.type === "file") return true;
  const records =
    check.type === "command"
      ? recordsOf(evidence, check.id, check.argv).map((record) => ({ on: record.on, failed: failed(record) }))
      : evidence.checks
          .filter(({ id }) => id === check.id)
          .map(({ on, passed }) => ({ on, failed: !passed }));
  return records.some((record) => record.on === "jumbled" && !record.failed);
}

/** A check that starts a test runner rests on its tests: one that ran none says nothing, and so does a runner cut short. */
function withoutTests(evidence: TaskEvidence, record: CommandRecord): string | null {
  if (isSilenced(evidence, record)) return record.report?.problem ?? null;
  const { tests } = record;
  return isReported(record) && tests !== null && tests.passed + tests.failed === 0 ? "it ran no test" : null;
}

/** The records of a check's command; with another argv it was another check. */
export function recordsOf(evidence: TaskEvidence, id: string, argv: readonly string[]): CommandRecord[] {
  return evidence.commands.filter(
    (command) =>
      command.purpose === "check" &&
      command.id === id &&
      command.argv.length === argv.length &&
      command.argv.every((word, index) => word === argv[index]),
  );
}

/** A command that was stopped by a person says nothing about the tree. */
function failed(command: CommandRecord): boolean {
  return !succeeded(command) && command.termination !== "aborted";
}

function nothing(reason: string): CheckStanding {
  return { worth: "proves nothing", reason };
}
