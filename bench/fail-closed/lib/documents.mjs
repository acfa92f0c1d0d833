import { SLUG_TASK } from "./sample.mjs";

/**
 * What the agents of the first three phases hand over for a task.
 * @param {import("./case.mjs").Task} [task] The sample's where a case has none of its own.
 */
export function documentsOf(task = SLUG_TASK) {
  const requirements = (task.requirements ?? [task.prompt]).map((statement, index) => ({
    id: `R${index + 1}`,
    statement,
    acceptance: statement,
  }));
  const all = requirements.map(({ id }) => id);
  const subtasks = task.subtasks ?? [{ id: "S1" }];
  return {
    analyse: { kind: "change", requirements },
    decompose: {
      subtasks: subtasks.map((subtask) => ({
        ...{ title: "The work", instructions: task.prompt, requirements: all, depends_on: [] },
        ...subtask,
      })),
    },
    plan: {
      scope: task.scope ?? ["src/**", "test/**"],
      checks: task.checks.map((check, index) => ({ id: `C${index + 1}`, requirement: "R1", ...check })),
    },
  };
}
