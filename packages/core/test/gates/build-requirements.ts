import { evaluateGates } from "../../src/gates/registry.ts";
import type { CommandRecord, TaskEvidence } from "../../src/gates/task-evidence.ts";
import type { Plan } from "../../src/lifecycle/handover.ts";
import { change, command, evidence } from "./build-evidence.ts";

/** Of a change without test files, which needs no proof beside base and result, unless told otherwise. */
export const unproven = (changes: Partial<TaskEvidence>) =>
  evaluateGates(evidence({ change: change(["src/slug.js"]), ...changes })).violations.filter(
    ({ gate }) => gate === "requirements",
  );
export const qa = evidence().commands.filter(({ purpose }) => purpose === "qa");
/** With a run on the base again, where none is given: a check that is sound fails there, too. */
export const checks = (...records: CommandRecord[]) => ({
  commands: [
    ...qa,
    ...records,
    ...(records.some(({ on }) => on === "proof") ? [] : [command("proof", "C1", 1)]),
  ],
});
export const planned = (...planChecks: Plan["checks"]): Plan => ({ scope: ["**"], checks: planChecks });
export const fileCheck = {
  id: "C1",
  requirement: "R1",
  type: "file",
  path: "README.md",
  contains: "x",
} as const;
export const testCheck = { id: "C1", requirement: "R1", type: "test", name: "slug is lower-case" } as const;
