import { describe, expect, it } from "vitest";
import type { CommandRecord, TaskEvidence } from "../../src/gates/task-evidence.ts";
import { BASE, change, check, command, file } from "./build-evidence.ts";
import { checks, fileCheck, planned, qa, testCheck, unproven } from "./build-requirements.ts";

describe("a requirement is proven by a command", () => {
  it("that fails on the base and passes on the result", () => {
    expect(unproven(checks(command("base", "C1", 1), command("result", "C1", 0)))).toEqual([]);
  });
  it.each([
    ["passed before", [command("base", "C1", 0), command("result", "C1", 0)], "PLANNING"],
    ["fails after", [command("base", "C1", 1), command("result", "C1", 1)], "EXECUTION"],
    ["never ran on the base", [command("result", "C1", 0)], "PLANNING"],
    ["never ran on the result", [command("base", "C1", 1)], "EXECUTION"],
    [
      "ran on another tree",
      [command("base", "C1", 1), command("result", "C1", 0, { tree: BASE })],
      "EXECUTION",
    ],
    [
      "ran as another command",
      [command("base", "C1", 1), command("result", "C1", 0, { argv: ["true"] })],
      "EXECUTION",
    ],
    [
      "was stopped on the base",
      [command("base", "C1", 1, { termination: "aborted" }), command("result", "C1", 0)],
      "PLANNING",
    ],
    [
      "passes with the tests alone",
      [command("base", "C1", 1), command("result", "C1", 0), command("proof", "C1", 0)],
      "PLANNING",
    ],
    [
      "failed once of twice",
      [command("base", "C1", 1), command("result", "C1", 0), command("result", "C1", 1)],
      "EXECUTION",
    ],
  ])("but not by one that %s", (_, records, from) => {
    expect(unproven(checks(...records))).toMatchObject([
      { code: "E228", status: "INCOMPLETE", approval: "rerun", rerun_from: from },
    ]);
  });
  it("also where the program was not there before, or never ended", () => {
    for (const termination of ["spawn_failed", "time_limit"] as const) {
      const base = command("base", "C1", 0, { termination, exit_code: null });
      expect(unproven(checks(base, command("result", "C1", 0)))).toEqual([]);
    }
  });
  it("unless another of its checks fails on the result", () => {
    const plan = planned(
      { id: "C1", requirement: "R1", type: "command", argv: ["node", "check.js"] },
      { ...testCheck, id: "C2" },
    );
    const passed = checks(command("base", "C1", 1), command("result", "C1", 0));
    const twice = [check("base", "C2", false), check("result", "C2", true)];
    expect(unproven({ plan, ...passed, checks: twice })).toEqual([]);
    expect(
      unproven({ plan, ...passed, checks: [check("base", "C2", false), check("result", "C2", false)] }),
    ).toHaveLength(1);
    expect(unproven({ plan, ...passed, checks: [] })).toHaveLength(1);
  });
});

describe("a command that failed before and passes now", () => {
  const passed = [command("base", "C1", 1), command("result", "C1", 0)];
  it("proves nothing where it passes on the base a second time, or was not run there again", () => {
    expect(unproven({ commands: [...qa, ...passed] })).toHaveLength(1);
    expect(unproven(checks(...passed, command("proof", "C1", 0)))).toHaveLength(1);
  });
  it.each([
    [["grep", "-q", "slug", "src/slug.js"]],
    [["sh", "-c", "grep -q slug src/slug.js && grep -q x src/slug.js"]],
    [["git", "grep", "-q", "slug"]],
    [["sh", "-c", 'test "$(grep -c slug src/slug.js)" -gt 0']],
  ])("proves nothing of behaviour where it only looks for text: %j", (argv) => {
    const plan = planned({ id: "C1", requirement: "R1", type: "command", argv });
    const look = [...passed, command("proof", "C1", 1)].map((ran) => ({ ...ran, argv }));
    expect(unproven({ plan, ...checks(...look) })).toHaveLength(1);
    const documents = { change: change(["README.md"]), prompt: "Say so in the README." };
    expect(unproven({ plan, ...documents, ...checks(...look) })).toEqual([]);
  });
  it("is enough where it says that a text is gone", () => {
    const argv = ["sh", "-c", "! grep -rq oldName src"];
    const plan = planned({ id: "C1", requirement: "R1", type: "command", argv });
    const look = [...passed, command("proof", "C1", 1)].map((ran) => ({ ...ran, argv }));
    expect(unproven({ plan, ...checks(...look) })).toEqual([]);
  });
  it("is enough where a shell compares what a program prints", () => {
    const argv = ["sh", "-c", 'test "$(node src/slug.js A)" = a'];
    const plan = planned({ id: "C1", requirement: "R1", type: "command", argv });
    const look = [...passed, command("proof", "C1", 1)].map((ran) => ({ ...ran, argv }));
    expect(unproven({ plan, ...checks(...look) })).toEqual([]);
  });
});

describe("a command that names a test file which agents changed", () => {
  const argv = ["node", "--test", "./test/slug.test.js"];
  const plan = planned({ id: "C1", requirement: "R1", type: "command", argv });
  const ran = (...records: CommandRecord[]) => checks(...records.map((record) => ({ ...record, argv })));
  const tested = change(["src/slug.js", "test/slug.test.js"]);
  const green = [command("base", "C1", 0), command("result", "C1", 0)];
  it("may have been green before, if it fails on the base with the new tests", () => {
    expect(unproven({ plan, change: tested, ...ran(...green, command("proof", "C1", 1)) })).toEqual([]);
    expect(unproven({ plan, change: tested, ...ran(...green, command("proof", "C1", 0)) })).toHaveLength(1);
  });
  it("may have been green before where only the snapshot changed that it compares with", () => {
    const updated = change(["src/slug.js", "test/__snapshots__/slug.snap"]);
    expect(unproven({ plan, change: updated, ...ran(...green, command("proof", "C1", 1)) })).toEqual([]);
    expect(unproven({ plan, change: updated, ...ran(...green, command("proof", "C1", 0)) })).toHaveLength(1);
  });
  it("must have failed before where that file was not changed", () => {
    const other = change(["src/slug.js", "test/other.test.js"]);
    expect(unproven({ plan, change: other, ...ran(...green, command("proof", "C1", 1)) })).toHaveLength(1);
  });
});

describe("a command that runs tests which stand in a source", () => {
  const argv = ["cargo", "test", "empty"];
  const plan = planned({ id: "C1", requirement: "R1", type: "command", argv });
  const by = (passed: number, ...records: readonly CommandRecord[]) => ({
    change: change(["src/lib.rs"], { tests_within: ["src/lib.rs"], hollow: command("hollow", "C1", 1).tree }),
    plan,
    ...checks(
      ...[
        command("base", "C1", 0, { tests: { passed, failed: 0, skipped: 0 } }),
        command("result", "C1", 0, { tests: { passed: 1, failed: 0, skipped: 0 } }),
        ...records,
      ].map((record) => ({ ...record, argv })),
    ),
  });
  const [proof, hollow] = [command("proof", "C1", 101), command("hollow", "C1", 101)];
  it("may have run none of them before, if it fails on the base with them, and without the bodies of functions", () => {
    expect(unproven(by(0, proof, hollow))).toEqual([]);
    expect(unproven(by(0, command("proof", "C1", 0), hollow))).toMatchObject([{ code: "E228" }]);
    expect(unproven(by(0, proof, command("hollow", "C1", 0)))).toMatchObject([{ code: "E228" }]);
    expect(unproven(by(0, proof))).toMatchObject([{ code: "E228" }]);
  });
  it("must have failed before where no test changed", () => {
    const other = { ...by(0, proof, hollow), change: change(["src/lib.rs"]) };
    expect(unproven(other)).toMatchObject([{ code: "E228" }]);
  });
});

describe("a requirement is proven by a test or a file", () => {
  const turned = [check("base", "C1", false), check("result", "C1", true)];
  it("by a test that failed before and passes now", () => {
    expect(unproven({ plan: planned(testCheck), checks: turned })).toEqual([]);
    expect(
      unproven({
        plan: planned(testCheck),
        checks: [check("base", "C1", true), check("result", "C1", true)],
      }),
    ).toHaveLength(1);
    expect(
      unproven({
        plan: planned(testCheck),
        checks: [check("base", "C1", false), check("result", "C1", true, BASE)],
      }),
    ).toHaveLength(1);
  });
  const seen = (paths: readonly string[], prompt: string, changes: Partial<TaskEvidence> = {}) =>
    unproven({ plan: planned(fileCheck), checks: turned, change: change(paths), prompt, ...changes });
  it("by a file where no code changed, and the person asked for documentation or named a file of the change", () => {
    expect(seen(["README.md", "docs/a.md"], "Document the flag.")).toEqual([]);
    expect(seen(["style/main.css"], "Make the links in main.css red.")).toEqual([]);
    expect(seen(["Dockerfile"], "Use Node 22 in the Dockerfile.")).toEqual([]);
    expect(seen(["README.md"], "Make slug return an empty string.")).toMatchObject([{ code: "E241" }]);
    expect(seen(["docs/slug.md"], "Make slug return an empty string.")).toMatchObject([{ code: "E241" }]);
    expect(seen(["README.md", "config/app.json"], "Set retries in config/app.json.")).toMatchObject([
      { code: "E241" },
    ]);
    expect(seen(["data/slug.json"], "Let words be joined.")).toMatchObject([{ code: "E241" }]);
  });
  it("not by a look at code that has no new text, unless it was to be run, or found under another name", () => {
    const mode = file("src/slug.js", { new_oid: BASE, new_mode: "100755" });
    const looked = (prompt: string) =>
      seen([], prompt, {
        change: change([], { files: [mode] }),
        plan: planned({ ...fileCheck, path: "src/slug.js" }),
      });
    expect(looked("Make src/slug.js executable.")).toEqual([]);
    expect(looked("Let src/slug.js return an empty string.")).toMatchObject([{ code: "E241" }]);
  });
  it("by a file that is gone beside code, where that was asked for", () => {
    const gone = file("README.md", { status: "deleted", new_mode: null, new_oid: null });
    const files = [gone, file("src/slug.js")];
    const removed = (prompt: string) =>
      seen([], prompt, { change: change([], { files }), plan: planned({ ...fileCheck, exists: false }) });
    expect(removed("Delete README.md and speak of it nowhere.")).toEqual([]);
    expect(removed("Improve README.md.")).toMatchObject([{ code: "E241" }]);
  });
  it("not by a file where code changed, unless it is a document that was asked for beside what was run", () => {
    expect(seen(["src/slug.js"], "Change slug.js.")).toMatchObject([{ code: "E241", approval: "accept" }]);
    const both = (prompt: string, exit: number) =>
      seen(["src/slug.js", "README.md"], prompt, {
        requirements: {
          kind: "change",
          requirements: ["R1", "R2"].map((id) => ({ id, statement: id, acceptance: id })),
        },
        plan: planned(fileCheck, { id: "C2", requirement: "R2", type: "command", argv: ["npm", "test"] }),
        commands: [
          ...qa,
          ...[command("base", "C2", 1), command("result", "C2", exit), command("proof", "C2", 1)].map(
            (record) => ({ ...record, argv: ["npm", "test"] }),
          ),
        ],
      });
    expect(both("Add it, and say so in README.md.", 0)).toEqual([]);
    expect(both("Add it.", 0)).toMatchObject([{ code: "E241" }]);
    expect(both("Add it, and say so in README.md.", 1).map(({ code }) => code)).toContain("E241");
  });
  it("by a file also with comments in sources under kind docs", () => {
    const commented = change(["README.md", "src/a.js"], { cosmetic: ["src/a.js"] });
    expect(unproven({ kind: "docs", plan: planned(fileCheck), checks: turned, change: commented })).toEqual(
      [],
    );
    expect(
      unproven({ kind: "docs", plan: planned(fileCheck), checks: turned, change: change(["src/a.js"]) }),
    ).toHaveLength(1);
  });
});

describe("the person's own checks", () => {
  const personChecks = [["npm", "run", "accept"]];
  const own = (exit: number, changes = {}) =>
    command("result", "U1", exit, { argv: ["npm", "run", "accept"], ...changes });
  it("carry a requirement whose own check proves nothing", () => {
    expect(
      unproven({ personChecks, ...checks(own(0), command("base", "C1", 0), command("result", "C1", 0)) }),
    ).toEqual([]);
  });
  it("do not carry one whose own check fails on the result", () => {
    expect(
      unproven({ personChecks, ...checks(own(0), command("base", "C1", 1), command("result", "C1", 1)) }),
    ).toHaveLength(1);
  });
  it.each([
    ["fails", [own(1)]],
    ["did not run", []],
    ["ran on another tree", [own(0, { tree: BASE })]],
    ["ran as another command", [own(0, { argv: ["true"] })]],
  ])("are an objection where one %s, whatever else is proven", (_, records) => {
    const proven = [command("base", "C1", 1), command("result", "C1", 0)];
    expect(unproven({ personChecks, ...checks(...records, ...proven) })).toMatchObject([{ code: "E236" }]);
  });
});

describe("a refactor", () => {
  const tests = (passed: number) => ({ tests: { passed, failed: 0, skipped: 0 } });
  const ran = (base: number, result: number, exit = 0) => ({
    kind: "refactor" as const,
    plan: planned(),
    commands: [
      command("base", "npm test", 0, tests(base)),
      command("result", "npm test", exit, tests(result)),
    ],
  });
  it("rests on the base's tests, of which there are some, passing on the result", () => {
    expect(unproven(ran(3, 3))).toEqual([]);
    expect(unproven(ran(3, 2))).toHaveLength(1);
    expect(unproven(ran(3, 3, 1))).toHaveLength(1);
    expect(unproven(ran(0, 3))).toHaveLength(1);
  });
});
