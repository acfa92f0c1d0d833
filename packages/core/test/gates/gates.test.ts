import { describe, expect, it } from "vitest";
import { evaluateGates, GATES } from "../../src/gates/registry.ts";
import type { TaskEvidence } from "../../src/gates/task-evidence.ts";
import { parseSettings } from "../../src/project/parse-settings.ts";
import { BASE, change, command, evidence, run } from "./build-evidence.ts";

const told = (changes: Partial<TaskEvidence>) =>
  evaluateGates(evidence(changes)).violations.map(({ code, status }) => `${code} ${status}`);
const phases = evidence().phases;
const commands = evidence().commands;
const plan = evidence().plan ?? undefined;
const withoutQa = commands.filter(({ purpose }) => purpose !== "qa");

describe("the gates", () => {
  it("are silent over the evidence of an honest task", () => {
    expect(evaluateGates(evidence())).toEqual({ violations: [], waived: [] });
  });

  it("are named once each", () => {
    expect(new Set(GATES.map(({ name }) => name)).size).toBe(GATES.length);
  });
});

describe("the phases gate", () => {
  it.each(phases.map(({ phase }) => phase))("is INVALID without %s", (phase) => {
    expect(told({ phases: phases.filter((record) => record.phase !== phase) })).toContain("E233 INVALID");
  });
  it("is INVALID where a phase is out of order, has no end, or was skipped for a change", () => {
    expect(told({ phases: [...phases].reverse() })).toContain("E233 INVALID");
    const open = phases.map((record) => (record.phase === "QA" ? { ...record, endedSeq: null } : record));
    expect(told({ phases: open })).toContain("E233 INVALID");
    const skipped = phases.map((record) =>
      record.phase === "QA" ? { ...record, outcome: "skipped" as const } : record,
    );
    expect(told({ phases: skipped })).toContain("E233 INVALID");
    const overlapping = phases.map((record) =>
      record.phase === "QA" ? { ...record, startedSeq: 35 } : record,
    );
    expect(told({ phases: overlapping })).toEqual(["E233 INVALID"]);
  });
  it("is INVALID where a hand-over document is missing", () => {
    for (const name of ["requirements", "subtasks", "plan"])
      expect(told({ [name]: null })).toContain("E233 INVALID");
  });
  it("lets a failed phase be what it is: not COMPLETE, but no forgery", () => {
    const failed = phases.map((record) =>
      record.phase === "QA" ? { ...record, outcome: "failed" as const } : record,
    );
    expect(told({ phases: failed })).toEqual(["E233 INCOMPLETE"]);
  });
});

describe("the run record gate", () => {
  it.each([
    ["an exit code", { exit_code: 1 }, "E214 ERROR"],
    ["no exit code", { exit_code: null }, "E214 ERROR"],
    ["a signal", { signal: "SIGKILL" }, "E214 ERROR"],
    ["a time limit", { termination: "time_limit" as const }, "E211 ERROR"],
    ["silence", { termination: "idle_limit" as const }, "E210 ERROR"],
    ["no start", { termination: "spawn_failed" as const }, "E214 ERROR"],
    ["no result", { result_events: 0 }, "E214 ERROR"],
    ["two results", { result_events: 2 }, "E214 ERROR"],
    ["an error result with exit 0", { is_error: true }, "E214 ERROR"],
    ["malformed output", { malformed_lines: 1 }, "E214 ERROR"],
    ["cut output", { truncated: true }, "E214 ERROR"],
    ["no tool call in a writing run", { tool_calls: 0 }, "E214 ERROR"],
    ["an error that only the provider saw", { error_code: "E505" as const }, "E505 ERROR"],
    ["a stop by the person", { termination: "aborted" as const, exit_code: null }, "E212 INCOMPLETE"],
  ])("objects to %s", (_, record, expected) => {
    expect(told({ runs: [run(record)] })).toEqual([expected]);
  });
  it("tells the provider's own code and words", () => {
    const { violations } = evaluateGates(
      evidence({
        runs: [
          run({ exit_code: 1, is_error: true, error_code: "E504", error_message: "401 invalid x-api-key" }),
        ],
      }),
    );
    expect(violations).toMatchObject([
      { code: "E504", status: "ERROR", message: "401 invalid x-api-key", approval: null },
    ]);
  });
  it("leaves out a run that was asked again, and stops at one that never ended", () => {
    expect(told({ runs: [run({ exit_code: 1 }, { superseded: true }), run()] })).toEqual([]);
    expect(told({ openRuns: [{ run_id: "run-2", phase: "EXECUTION" }] })).toEqual(["E234 INCOMPLETE"]);
  });
});

describe("the gates of provider, denials, change and substance", () => {
  it("object to what the provider objects to", () =>
    expect(told({ providerObjection: "a step is left" })).toEqual(["E509 ERROR"]));
  it("object to denials in EXECUTION, not to those while planning", () => {
    expect(told({ runs: [run({ denials: ["Bash"] })] })).toEqual(["E215 INCOMPLETE"]);
    expect(told({ runs: [run({ denials: ["Write"] }, { phase: "PLANNING" })] })).toEqual([]);
  });
  it("give NO_EVIDENCE where nothing changed", () => {
    expect(told({ change: change([]) })).toContain("E218 NO_EVIDENCE");
    expect(told({ change: null })).toContain("E218 NO_EVIDENCE");
    expect(told({ change: change(["a"], { result: BASE }) })).toContain("E218 NO_EVIDENCE");
  });
  it("leave an answer to a human, bound to its words", () => {
    const answered = (answer: string) => {
      const skipped = phases.map((record) =>
        ["TASK_DECOMPOSITION", "PLANNING", "EXECUTION", "QA"].includes(record.phase)
          ? { ...record, outcome: "skipped" as const }
          : record,
      );
      const requirements = evidence().requirements?.requirements ?? [];
      return evaluateGates(
        evidence({
          phases: skipped,
          runs: [],
          commands: [],
          change: null,
          plan: null,
          subtasks: null,
          requirements: { kind: "answer", requirements, answer },
        }),
      ).violations;
    };
    expect(answered("42")).toMatchObject([{ code: "E219", status: "INCOMPLETE", approval: "accept" }]);
    expect(answered("42")).not.toEqual(answered("43"));
  });
  it("object to white space and comments under kind change, not where that was asked for", () => {
    const cosmetic = change(["src/slug.js", "README.md"], { cosmetic: ["src/slug.js"] });
    expect(told({ change: cosmetic, plan: { scope: ["**"], checks: plan?.checks ?? [] } })).toEqual([
      "E220 INCOMPLETE",
    ]);
    expect(told({ change: change(["src/a.js", "src/b.js"], { cosmetic: ["src/a.js"] }) })).toEqual([]);
    expect(
      told({ kind: "refactor", change: change(["src/slug.js"], { cosmetic: ["src/slug.js"] }) }),
    ).toEqual([]);
  });
});

describe("the scope gate", () => {
  it("objects to files outside the plan's and the person's scope", () => {
    expect(told({ change: change(["src/a.js", "lib/b.js"]) })).toEqual(["E221 INCOMPLETE"]);
    expect(told({ change: change(["src/a.js", "lib/b.js"]), personScope: ["lib"] })).toEqual([]);
  });
  it("counts files, tests and seconds against the limits, to the last one", () => {
    const files = (count: number) => change(Array.from({ length: count }, (_, index) => `src/${index}.js`));
    expect(told({ change: files(5) })).toEqual([]);
    expect(told({ change: files(6) })).toEqual(["E222 INCOMPLETE"]);
    expect(told({ executionSeconds: 300 })).toEqual([]);
    expect(told({ executionSeconds: 300.2 })).toEqual(["E222 INCOMPLETE"]);
    const grown = (passed: number) =>
      commands.map((ran) =>
        ran.on === "result" && ran.tests ? { ...ran, tests: { ...ran.tests, passed } } : ran,
      );
    expect(told({ commands: grown(13) })).toEqual([]);
    expect(told({ commands: grown(14) })).toEqual(["E222 INCOMPLETE"]);
  });
});

describe("the qa gate", () => {
  it("gives NO_EVIDENCE where no command ran on this very result", () => {
    expect(told({ commands: withoutQa })).toEqual(["E224 NO_EVIDENCE"]);
    const elsewhere = commands.map((ran) =>
      ran.purpose === "qa" && ran.on === "result" ? { ...ran, tree: BASE } : ran,
    );
    expect(told({ commands: elsewhere })).toEqual(["E224 NO_EVIDENCE"]);
  });
  it.each([
    ["an exit code", { exit_code: 1 }],
    ["a signal", { exit_code: null, signal: "SIGSEGV" }],
    ["a time-out", { termination: "time_limit" as const }],
    ["a program that can't be started", { termination: "spawn_failed" as const, exit_code: null }],
  ])("objects to a command that failed by %s", (_, changes) => {
    const { violations } = evaluateGates(
      evidence({
        commands: commands.map((ran) =>
          ran.on === "result" && ran.purpose === "qa" ? { ...ran, ...changes } : ran,
        ),
      }),
    );
    expect(violations).toMatchObject([{ code: "E223", approval: "rerun", rerun_from: "EXECUTION" }]);
  });
  it("objects to a configured command that did not run", () => {
    const settings = parseSettings('{"qa":{"commands":["npm test","npm run lint"]}}', "settings.json");
    expect(told({ settings })).toEqual(["E223 INCOMPLETE"]);
  });
  it("objects to no test, to fewer tests than before, and to an unknown number before", () => {
    const counted = (base: number | null, result: number | null) => {
      const tests = (passed: number | null) => (passed === null ? null : { passed, failed: 0, skipped: 9 });
      return [
        command("base", "npm test", 0, { tests: tests(base) }),
        command("result", "npm test", 0, { tests: tests(result) }),
        command("restored", "npm test", 0, { tests: tests(base) }),
        ...withoutQa,
      ];
    };
    expect(told({ commands: counted(3, 3) })).toEqual([]);
    expect(told({ commands: counted(null, 1) })).toEqual([]);
    expect(told({ commands: counted(3, 2) })).toEqual(["E226 INCOMPLETE"]);
    expect(told({ commands: counted(0, 0) })).toEqual(["E225 INCOMPLETE"]);
    expect(told({ commands: counted(3, 0) })).toEqual(["E226 INCOMPLETE", "E225 NO_EVIDENCE"]);
    expect(told({ commands: counted(3, null) })).toEqual(["E226 INCOMPLETE", "E225 INCOMPLETE"]);
    expect(told({ commands: counted(3, 3).slice(1) })).toEqual(["E226 INCOMPLETE"]);
  });
});

describe("the gates of protected files, escapes and secrets", () => {
  it("object to marks by which checkers look away, also in files that the person named", () => {
    const touched = change(["src/a.js"], { switched_off: [{ path: "src/a.js", mark: "eslint-disable" }] });
    const [found] = evaluateGates(evidence({ change: touched, personScope: ["src/a.js"] })).violations;
    expect(found).toMatchObject({ code: "E227", approval: "accept", paths: ["src/a.js"] });
    expect(found?.message).toContain("src/a.js (eslint-disable)");
  });
  it("object to protected files and scripts that the person did not name; the plan is no permission", () => {
    const touched = change(["src/a.js", "package-lock.json"], { scripts_changed: ["package.json"] });
    const wide = { scope: ["**"], checks: plan?.checks ?? [] };
    expect(told({ change: touched, plan: wide })).toEqual(["E227 INCOMPLETE"]);
    expect(told({ change: touched, plan: wide, personScope: ["**"] })).toEqual(["E227 INCOMPLETE"]);
    expect(told({ change: touched, plan: wide, personScope: ["package-lock.json"] })).toEqual([
      "E227 INCOMPLETE",
    ]);
    expect(
      told({ change: touched, plan: wide, personScope: ["package-lock.json", "./package.json"] }),
    ).toEqual([]);
  });
  it("make escapes and survivors INVALID, which nobody can approve", () => {
    const { violations } = evaluateGates(
      evidence({
        survivors: 2,
        change: change(["src/a"], { escapes: [{ path: "src/a", reason: "a link to /etc" }] }),
      }),
    );
    expect(violations).toMatchObject([
      { code: "E306", status: "INVALID", approval: null, paths: ["src/a"] },
      { code: "E306", status: "INVALID", approval: null },
    ]);
  });
  it("object to secrets", () => {
    expect(
      told({ change: change(["src/a.js"], { secrets: [{ path: "src/a.js", kind: "an API key" }] }) }),
    ).toEqual(["E229 INCOMPLETE"]);
  });
});
