import type { Check } from "../lifecycle/handover.ts";
import type { Violation } from "../lifecycle/violation.ts";
import { quoteWords } from "../project/split-words.ts";
import { skippedForAnswer } from "./answers.ts";
import { type CheckStanding, checkStanding, onlyLooks } from "./check-standing.ts";
import { isDocFile } from "./file-classes.ts";
import { looksAtFiles } from "./looks-at-files.ts";
import { objector } from "./objector.ts";
import { personCheckFailure } from "./person-check.ts";
import { qaCounts, qaOnResult, succeeded } from "./qa-counts.ts";
import type { Gate, TaskEvidence } from "./task-evidence.ts";

export const requirementsGate: Gate = {
  name: "requirements",
  objectsTo: "a requirement without a check that fails on the base and passes on the result",
  evaluate(evidence) {
    if (evidence.requirements === null || skippedForAnswer(evidence, "EXECUTION")) return [];
    const personal = brokenPersonChecks(evidence);
    const vouched = (evidence.personChecks.length > 0 && personal.length === 0) || refactorHolds(evidence);
    const unproven = evidence.requirements.requirements.flatMap(({ id }) => judge(evidence, id, vouched));
    return [...personal, ...unproven];
  },
};

/** @param vouched the person's own checks, or under kind refactor the base's tests, carry what no check refutes. */
function judge(evidence: TaskEvidence, requirement: string, vouched: boolean): Violation[] {
  const object = objector("requirements", evidence);
  const checks = (evidence.plan?.checks ?? []).filter((check) => check.requirement === requirement);
  const judged = checks.map((check) => ({ check, standing: checkStanding(evidence, check) }));
  const unproven = (reason: string, rerunFrom: "PLANNING" | "EXECUTION") => [
    object("E228", "INCOMPLETE", { requirement, reason }, { approval: "rerun", rerunFrom }),
  ];
  const refuted = judged.find(({ standing }) => standing.worth === "fails");
  if (refuted) return unproven(refuted.standing.reason, "EXECUTION");
  if (vouched || judged.some(({ check, standing }) => carries(evidence, check, standing))) return [];
  const [first] = judged;
  if (first === undefined) return unproven("it has no check at all", "PLANNING");
  const weak = `${first.check.id} only looks at what stands in files, and the result changes more than documentation`;
  return unproven(first.standing.worth === "counts" ? weak : first.standing.reason, "PLANNING");
}

/** What stands in a file is no behaviour, so a file check alone proves a change of documentation and nothing else. */
function carries(evidence: TaskEvidence, check: Check, { worth }: CheckStanding): boolean {
  const look = onlyLooks(evidence, check) || (check.type === "command" && looksAtFiles(check.argv));
  return worth === "counts" && (!look || onlyDocumentation(evidence));
}

function onlyDocumentation({ change, kind }: TaskEvidence): boolean {
  if (change === null) return false;
  // Comments in sources are documentation where documentation was asked for.
  const comments = new Set(kind === "docs" ? change.cosmetic : []);
  return change.files.every(({ path }) => isDocFile(path) || comments.has(path));
}

/** The person's checks are believed: each has to pass on the result. */
function brokenPersonChecks(evidence: TaskEvidence): Violation[] {
  const object = objector("requirements", evidence);
  return evidence.personChecks.flatMap((argv, index) => {
    const outcome = personCheckFailure(evidence, argv, index);
    if (outcome === null) return [];
    return [
      object(
        "E236",
        "INCOMPLETE",
        { command: quoteWords(argv), outcome },
        { approval: "rerun", rerunFrom: "EXECUTION" },
      ),
    ];
  });
}

/** Under kind refactor: QA passes on the result, and no fewer of the base's tests ran, of which there are some. */
function refactorHolds(evidence: TaskEvidence): boolean {
  if (evidence.kind !== "refactor") return false;
  const onResult = qaOnResult(evidence);
  const counts = qaCounts(evidence);
  const base = counts.reduce((sum, count) => sum + (count.base ?? 0), 0);
  return (
    base > 0 && onResult.every(succeeded) && counts.every((count) => (count.result ?? 0) >= (count.base ?? 0))
  );
}
