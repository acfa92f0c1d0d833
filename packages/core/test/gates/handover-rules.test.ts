import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkPlan, checkRequirements, checkSubtasks } from "../../src/gates/handover-rules.ts";
import type { Plan, Requirements, Subtask } from "../../src/lifecycle/handover.ts";

const where = { sessionId: "session-1", taskId: "task-1" };
const planWhere = { ...where, kind: "change" as const, hasPersonChecks: false };
const requirements = (...ids: string[]): Requirements => ({
  kind: "change",
  requirements: ids.map((id) => ({ id, statement: "s", acceptance: "a" })),
});
const subtask = (id: string, serves: string[], depends_on: string[] = []): Subtask => ({
  id,
  title: "t",
  instructions: "i",
  requirements: serves,
  depends_on,
});
const command = (id: string, requirement: string, ...argv: string[]) => ({
  id,
  requirement,
  type: "command" as const,
  argv,
});
const plan = (...checks: Plan["checks"]): Plan => ({ scope: ["src/**"], checks });

describe("checkRequirements", () => {
  it("wants ids used once, and an answer exactly where there is no change", () => {
    expect(checkRequirements(requirements("R1", "R2"), where)).toEqual([]);
    expect(checkRequirements(requirements("R1", "R1"), where)).toMatchObject([
      { code: "E217", rerun_from: "REQUIREMENT_ANALYSIS" },
    ]);
    expect(checkRequirements({ ...requirements("R1"), kind: "answer" }, where)).toHaveLength(1);
    expect(checkRequirements({ ...requirements("R1"), answer: "42" }, where)).toHaveLength(1);
    expect(checkRequirements({ ...requirements("R1"), kind: "answer", answer: "42" }, where)).toEqual([]);
  });
});

describe("checkSubtasks", () => {
  it("accepts subtasks that serve every requirement", () => {
    expect(
      checkSubtasks(
        requirements("R1", "R2"),
        { subtasks: [subtask("S1", ["R1"]), subtask("S2", ["R2"], ["S1"])] },
        where,
      ),
    ).toEqual([]);
  });
  it.each([
    ["a requirement that nothing serves", [subtask("S1", ["R1"])], "no subtask serves R2"],
    ["an unknown requirement", [subtask("S1", ["R1", "R2", "R9"])], "S1 serves unknown R9"],
    ["an unknown dependency", [subtask("S1", ["R1", "R2"], ["S9"])], "S1 depends on unknown S9"],
    ["an id given twice", [subtask("S1", ["R1"]), subtask("S1", ["R2"])], "S1 is given twice"],
    ["a subtask that waits for itself", [subtask("S1", ["R1", "R2"], ["S1"])], "S1 wait for each other"],
    ["a cycle", [subtask("S1", ["R1"], ["S2"]), subtask("S2", ["R2"], ["S1"])], "S1, S2 wait for each other"],
  ])("refuses %s", (_, subtasks, reason) => {
    const found = checkSubtasks(requirements("R1", "R2"), { subtasks }, where);
    expect(found).toMatchObject([
      { code: "E217", status: "INCOMPLETE", approval: "rerun", rerun_from: "TASK_DECOMPOSITION" },
    ]);
    expect(found[0]?.message).toContain(reason);
  });
  it("finds a cycle exactly where no order of work exists", () => {
    const edges = fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })), {
      maxLength: 10,
    });
    fc.assert(
      fc.property(edges, (pairs) => {
        const subtasks = [1, 2, 3, 4, 5, 6].map((id) =>
          subtask(
            `S${id}`,
            ["R1"],
            pairs.filter(([from]) => from === id).map(([, to]) => `S${to}`),
          ),
        );
        const reaches = (from: number, to: number, seen: number[] = []): boolean =>
          pairs.some(
            ([start, end]) =>
              start === from && (end === to || (!seen.includes(end) && reaches(end, to, [...seen, end]))),
          );
        const cyclic = [1, 2, 3, 4, 5, 6].some((id) => reaches(id, id));
        expect(checkSubtasks(requirements("R1"), { subtasks }, where).length > 0).toBe(cyclic);
      }),
    );
  });
});

describe("checkPlan", () => {
  it("wants a check for every requirement, unless the kind or the person's checks carry it", () => {
    expect(checkPlan(requirements("R1"), plan(command("C1", "R1", "npm", "test")), planWhere)).toEqual([]);
    expect(checkPlan(requirements("R1"), plan(), planWhere)).toMatchObject([
      { code: "E232", approval: "rerun", rerun_from: "PLANNING" },
    ]);
    expect(checkPlan(requirements("R1"), plan(), { ...planWhere, kind: "docs" })).toHaveLength(1);
    expect(checkPlan(requirements("R1"), plan(), { ...planWhere, kind: "refactor" })).toEqual([]);
    expect(checkPlan(requirements("R1"), plan(), { ...planWhere, hasPersonChecks: true })).toEqual([]);
  });
  it.each([
    ["an id given twice", [command("C1", "R1", "a"), command("C1", "R1", "b")]],
    ["an unknown requirement", [command("C1", "R1", "a"), command("C2", "R9", "a")]],
    ["a program by an absolute path", [command("C1", "R1", "/usr/bin/true")]],
    ["a program outside the project", [command("C1", "R1", "src/../../evil")]],
    [
      "a file outside the project",
      [{ id: "C1", requirement: "R1", type: "file", path: "../x", exists: true } as const],
    ],
    ["a file check that asks nothing", [{ id: "C1", requirement: "R1", type: "file", path: "x" } as const]],
    [
      "a file check that contradicts itself",
      [{ id: "C1", requirement: "R1", type: "file", path: "x", contains: "y", exists: false } as const],
    ],
  ])("refuses %s", (_, checks) => {
    expect(checkPlan(requirements("R1"), plan(...checks), planWhere)).toHaveLength(1);
  });
  it.each(["/etc/**", "../**", "a/../../b", "~/x", "C:\\x"])("refuses the scope %s", (glob) => {
    expect(
      checkPlan(requirements("R1"), { ...plan(command("C1", "R1", "a")), scope: ["src", glob] }, planWhere),
    ).toHaveLength(1);
  });
});
