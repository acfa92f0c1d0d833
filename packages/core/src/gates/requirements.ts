import type { ChangeSet, FileChange } from "../evidence/change.ts";
import type { Check } from "../lifecycle/handover.ts";
import type { Violation } from "../lifecycle/violation.ts";
import { quoteWords } from "../project/split-words.ts";
import { skippedForAnswer } from "./answers.ts";
import { argvPaths } from "./argv-paths.ts";
import { isTypeCheck } from "./check-code.ts";
import { type CheckStanding, checkStanding, onlyLooks } from "./check-standing.ts";
import { isDocFile, isProtected, isSettings, isTestFile } from "./file-classes.ts";
import { looksAtFiles } from "./looks-at-files.ts";
import { hasNewCode, isCode } from "./new-code.ts";
import { objector } from "./objector.ts";
import { personCheckFailure } from "./person-check.ts";
import {
  asksForAccess,
  asksForDocumentation,
  asksForNames,
  asksForRemoval,
  asksForTypes,
  namesFile,
  speaksOfFile,
} from "./points-at.ts";
import { qaCounts, qaOnResult, succeeded } from "./qa-counts.ts";
import { namingMatcher } from "./scope-match.ts";
import type { Gate, TaskEvidence } from "./task-evidence.ts";

export const requirementsGate: Gate = {
  name: "requirements",
  objectsTo:
    "a requirement without a check that fails on the base and passes on the result, or with one that only looks at what stands in files, where the person asked for more",
  evaluate(evidence) {
    if (evidence.requirements === null || skippedForAnswer(evidence, "EXECUTION")) return [];
    const personal = brokenPersonChecks(evidence);
    const vouched = (evidence.personChecks.length > 0 && personal.length === 0) || refactorHolds(evidence);
    const unproven = evidence.requirements.requirements.flatMap(({ id }) => judge(evidence, id, vouched));
    return [...personal, ...unproven];
  },
};

interface Judged {
  readonly check: Check;
  readonly standing: CheckStanding;
}

/** @param vouched the person's own checks, or under kind refactor the base's tests, carry what no check refutes. */
function judge(evidence: TaskEvidence, requirement: string, vouched: boolean): Violation[] {
  const object = objector("requirements", evidence);
  const judged = judgedChecks(evidence, requirement);
  const unproven = (reason: string, rerunFrom: "PLANNING" | "EXECUTION") => [
    object("E228", "INCOMPLETE", { requirement, reason }, { approval: "rerun", rerunFrom }),
  ];
  const refuted = judged.find(({ standing }) => standing.worth === "fails");
  if (refuted) return unproven(refuted.standing.reason, "EXECUTION");
  const isProof = (one: Judged) =>
    isRun(evidence, one) || isSeen(evidence, requirement, one) || isDeclared(evidence, requirement, one);
  if (vouched || judged.some(isProof)) return [];
  const [first] = judged;
  if (first === undefined) return unproven("it has no check at all", "PLANNING");
  const looked = judged.find(({ standing }) => standing.worth === "counts");
  if (looked === undefined && isOnlyTests(evidence.change))
    return [object("E242", "INCOMPLETE", { requirement }, { approval: "accept" })];
  if (looked === undefined) return unproven(first.standing.reason, "PLANNING");
  return [object("E241", "INCOMPLETE", { requirement, check: looked.check.id }, { approval: "accept" })];
}

/** Tests of what is there pass on the base as well: whether they are what was asked for, only a person can tell. */
const isOnlyTests = (change: ChangeSet | null) =>
  change !== null && change.files.length > 0 && change.files.every(({ path }) => isTestFile(path));

function judgedChecks(evidence: TaskEvidence, requirement: string): Judged[] {
  return (evidence.plan?.checks ?? [])
    .filter((check) => check.requirement === requirement)
    .map((check) => ({ check, standing: checkStanding(evidence, check) }));
}

/** It runs what was made; where documentation was asked for, nothing else may have been. */
function isRun(evidence: TaskEvidence, { check, standing }: Judged): boolean {
  if (standing.worth !== "counts" || standing.declares || isLook(evidence, check)) return false;
  return evidence.kind !== "docs" || onlyDocumentation(evidence);
}

const isLook = (evidence: TaskEvidence, check: Check) =>
  onlyLooks(evidence, check) || (check.type === "command" && looksAtFiles(check.argv));

/**
 * What stands in a file is no behaviour. A look at it is all that there is for documentation and for what is no code,
 * where the person asked for that; beside code, for a document that the person named, once something else was run.
 */
function isSeen(evidence: TaskEvidence, requirement: string, { check, standing }: Judged): boolean {
  const { change, kind } = evidence;
  if (standing.worth !== "counts" || change === null) return false;
  if (kind === "docs") return onlyDocumentation(evidence);
  const paths = seenPaths(check);
  const looked = change.files.filter(({ path }) => paths.includes(path));
  const asked = (file: FileChange) => isAskedFor(evidence, requirement, file);
  if (!hasNewCode(change)) {
    const seen = looked.length > 0 ? looked : change.files.filter(({ path }) => !isTestFile(path));
    return seen.length > 0 && seen.every(asked);
  }
  if (looked.length === 0) return false;
  // That a file is gone, or lies elsewhere, a look tells.
  const isElsewhere = (file: FileChange) => file.status === "deleted" || isMoved(change, file);
  if (looked.every((file) => isElsewhere(file) && namesFile(evidence.prompt, file.path) && asked(file)))
    return true;
  if (!looked.every((file) => isDocFile(file.path) && asked(file))) return false;
  return isAnotherRun(evidence, requirement);
}

function isAnotherRun(evidence: TaskEvidence, requirement: string): boolean {
  const others = (evidence.requirements?.requirements ?? []).filter(({ id }) => id !== requirement);
  return others.some(({ id }) => judgedChecks(evidence, id).some((one) => isRun(evidence, one)));
}

/**
 * What is exported is said by a requirement of its own, beside another whose check runs what was made; types may be all
 * that the person speaks of.
 */
function isDeclared(evidence: TaskEvidence, requirement: string, { check, standing }: Judged): boolean {
  if (standing.worth !== "counts" || !standing.declares) return false;
  if (isTypeCheck(check) && asksForTypes(evidence.prompt)) return true;
  const own = evidence.requirements?.requirements.find(({ id }) => id === requirement);
  return asksForNames(own?.statement ?? "") && isAnotherRun(evidence, requirement);
}

/** In the person's own words; a document also where these ask for documentation, and so does the requirement, of several. */
function isAskedFor(evidence: TaskEvidence, id: string, file: FileChange): boolean {
  const { change, prompt, requirements } = evidence;
  const { path, status } = file;
  if (change === null) return false;
  const moved = isMoved(change, file);
  if (status === "deleted" && !moved && !asksForRemoval(prompt)) return false;
  const isSameCode = isCode(change, path) && status !== "deleted" && !moved;
  if (isSameCode && !asksForAccess(prompt)) return false;
  if (namesFile(prompt, path) || namingMatcher(evidence.personScope)(path)) return true;
  if (isDocFile(path)) {
    if (!asksForDocumentation(prompt)) return false;
    const all = requirements?.requirements ?? [];
    const own = all.find((one) => one.id === id);
    const words = `${own?.statement}\n${own?.acceptance}`;
    return all.length === 1 || asksForDocumentation(words) || namesFile(words, path);
  }
  return speaksOfFile(prompt, path);
}

/** Its text went to another file, or came from one, as it was; or a folder took its place. */
function isMoved({ files }: ChangeSet, { path, old_oid, new_oid }: FileChange): boolean {
  const others = files.filter((file) => file.path !== path);
  return others.some(
    (file) =>
      (file.old_oid ?? "") === new_oid ||
      (file.new_oid ?? "") === old_oid ||
      (new_oid === null && file.path.startsWith(`${path}/`)),
  );
}

function seenPaths(check: Check): readonly string[] {
  if (check.type === "file") return [check.path];
  return check.type === "command" ? [...argvPaths(check.argv)] : [];
}

/** Comments in sources are documentation where that was asked for; so is all that no program is made of, or reads. */
function onlyDocumentation({ change, kind, prompt }: TaskEvidence): boolean {
  if (change === null) return false;
  const comments = new Set(kind === "docs" ? change.cosmetic : []);
  const isText = (path: string) =>
    kind === "docs" &&
    !isCode(change, path) &&
    !isProtected(path) &&
    !isTestFile(path) &&
    (!isSettings(path) || namesFile(prompt, path));
  return change.files.every(({ path }) => isDocFile(path) || comments.has(path) || isText(path));
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
