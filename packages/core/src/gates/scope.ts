import type { Violation } from "../lifecycle/violation.ts";
import { changedTests } from "./check-code.ts";
import { listed, objector } from "./objector.ts";
import { qaCounts } from "./qa-counts.ts";
import { scopeMatcher } from "./scope-match.ts";
import type { Gate, TaskEvidence } from "./task-evidence.ts";

export const scopeGate: Gate = {
  name: "scope",
  objectsTo: "files outside the plan's scope, or more files, tests or seconds than task_limits allows",
  evaluate: (evidence) => [...outside(evidence), ...overLimits(evidence)],
};

function outside(evidence: TaskEvidence): Violation[] {
  const inScope = scopeMatcher([...(evidence.plan?.scope ?? []), ...evidence.personScope]);
  const paths = (evidence.change?.files ?? []).map(({ path }) => path).filter((path) => !inScope(path));
  if (paths.length === 0) return [];
  const object = objector("scope", evidence);
  return [object("E221", "INCOMPLETE", { paths: listed(paths) }, { approval: "accept", paths })];
}

function overLimits(evidence: TaskEvidence): Violation[] {
  const object = objector("scope", evidence);
  const limits = evidence.settings.task_limits;
  const measured = [
    { what: "Files changed", name: "files", value: evidence.change?.files.length ?? 0 },
    { what: "Tests added or changed", name: "tests", value: testsTouched(evidence) },
    { what: "Seconds of execution", name: "seconds", value: Math.ceil(evidence.executionSeconds) },
  ] as const;
  return measured
    .filter(({ name, value }) => value > limits[name])
    .map(({ what, name, value }) =>
      object(
        "E222",
        "INCOMPLETE",
        { what, value, limit: limits[name], setting: `task_limits.${name}` },
        { approval: "accept" },
      ),
    );
}

/** A changed test file holds at least one changed test; where runs were counted, the growth may show more. */
function testsTouched(evidence: TaskEvidence): number {
  const files = evidence.change === null ? 0 : changedTests(evidence.change).length;
  const growth = qaCounts(evidence).reduce(
    (sum, { base, result }) => sum + (base === null || result === null ? 0 : Math.max(0, result - base)),
    0,
  );
  return Math.max(files, growth);
}
