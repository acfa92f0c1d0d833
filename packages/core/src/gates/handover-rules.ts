import type { Check, Plan, Requirements, Subtasks, TaskKind } from "../lifecycle/handover.ts";
import type { Phase } from "../lifecycle/phases.ts";
import type { Violation } from "../lifecycle/violation.ts";
import { listed } from "./objector.ts";
import { isInsideProject } from "./relative-path.ts";
import { violationOf } from "./violation-of.ts";

/** Whose task it is, for hints. */
export interface RuleContext {
  readonly sessionId: string;
  readonly taskId: string;
}

export interface PlanContext extends RuleContext {
  readonly kind: TaskKind;
  /** The person gave checks of their own. */
  readonly hasPersonChecks: boolean;
}

/** Ids are used once, and an answer is there exactly where no change is asked for. E217, rerun of the analysis. */
export function checkRequirements(requirements: Requirements, context: RuleContext): Violation[] {
  const faults = doubles(requirements.requirements.map(({ id }) => id));
  if (requirements.kind === "answer" && requirements.answer === undefined) {
    faults.push('kind is "answer", but there is no answer');
  }
  if (requirements.kind === "change" && requirements.answer !== undefined) {
    faults.push('there is an answer, but kind is "change"');
  }
  return faults.map((reason) => unusable("requirements.json", "REQUIREMENT_ANALYSIS", reason, context));
}

/** Every requirement is served, ids exist and are used once, dependencies form no cycle. E217, rerun. */
export function checkSubtasks(
  requirements: Requirements,
  { subtasks }: Subtasks,
  context: RuleContext,
): Violation[] {
  const known = new Set(requirements.requirements.map(({ id }) => id));
  const ids = new Set(subtasks.map(({ id }) => id));
  const served = new Set(subtasks.flatMap((subtask) => subtask.requirements));
  const faults = [
    ...doubles(subtasks.map(({ id }) => id)),
    ...[...known].filter((id) => !served.has(id)).map((id) => `no subtask serves ${id}`),
    ...subtasks.flatMap(({ id, requirements: serves, depends_on }) => [
      ...serves.filter((other) => !known.has(other)).map((other) => `${id} serves unknown ${other}`),
      ...depends_on.filter((other) => !ids.has(other)).map((other) => `${id} depends on unknown ${other}`),
    ]),
  ];
  const stuck = inCycles(subtasks);
  if (stuck.length > 0) faults.push(`${listed(stuck)} wait for each other`);
  return faults.map((reason) => unusable("subtasks.json", "TASK_DECOMPOSITION", reason, context));
}

/**
 * Every requirement has a check where the kind of task rests on checks, ids exist and are used once, paths stay inside
 * the project. E232, rerun of the planning.
 */
export function checkPlan(requirements: Requirements, plan: Plan, context: PlanContext): Violation[] {
  const known = new Set(requirements.requirements.map(({ id }) => id));
  const checked = new Set(plan.checks.map(({ requirement }) => requirement));
  const restsOnChecks =
    (context.kind === "change" || context.kind === "docs") &&
    requirements.kind === "change" &&
    !context.hasPersonChecks;
  const faults = [
    ...doubles(plan.checks.map(({ id }) => id)),
    ...plan.checks
      .filter(({ requirement }) => !known.has(requirement))
      .map(({ id, requirement }) => `${id} is for unknown ${requirement}`),
    ...(restsOnChecks ? [...known].filter((id) => !checked.has(id)).map((id) => `${id} has no check`) : []),
    ...plan.scope
      .filter((glob) => !isInsideProject(glob))
      .map((glob) => `the scope ${glob} leads out of the project`),
    ...plan.checks.flatMap(checkFaults),
  ];
  return faults.map((fault) =>
    violationOf(
      "E232",
      "handover",
      "INCOMPLETE",
      { reason: `plan.json can't be used: ${fault}.`, session: context.sessionId },
      { approval: "rerun", rerunFrom: "PLANNING", taskId: context.taskId },
    ),
  );
}

function checkFaults(check: Check): string[] {
  if (check.type === "command") {
    const program = check.argv[0] ?? "";
    const isPath = program.includes("/");
    return isPath && !isInsideProject(program) ? [`${check.id} runs ${program}, outside the project`] : [];
  }
  if (check.type === "test") return [];
  if (!isInsideProject(check.path)) return [`${check.id} looks at ${check.path}, outside the project`];
  if (check.contains === undefined && check.exists === undefined) {
    return [`${check.id} says neither "contains" nor "exists"`];
  }
  return check.contains !== undefined && check.exists === false
    ? [`${check.id} wants text in a file that must not exist`]
    : [];
}

function unusable(file: string, phase: Phase, reason: string, { sessionId, taskId }: RuleContext): Violation {
  return violationOf(
    "E217",
    "handover",
    "INCOMPLETE",
    { file, phase, reason, session: sessionId },
    { approval: "rerun", rerunFrom: phase, taskId },
  );
}

function doubles(ids: readonly string[]): string[] {
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))].map(
    (id) => `${id} is given twice`,
  );
}

/** Takes away what depends on nothing left, again and again; what stays is in a cycle or waits for one. */
function inCycles(subtasks: Subtasks["subtasks"]): string[] {
  let left = subtasks;
  for (;;) {
    const ids = new Set(left.map(({ id }) => id));
    const blocked = left.filter(({ depends_on }) => depends_on.some((id) => ids.has(id)));
    if (blocked.length === left.length) return blocked.map(({ id }) => id);
    left = blocked;
  }
}
