import { describe, expect, it } from "vitest";
import type { TreeRole } from "../../src/evidence/tree-role.ts";
import type { CommandRecord } from "../../src/gates/task-evidence.ts";
import { change, check, command, file } from "./build-evidence.ts";
import { checks, planned, qa, testCheck, unproven } from "./build-requirements.ts";

describe("a check that is made of what agents wrote", () => {
  const tested = change(["src/slug.js", "test/slug.test.js"]);
  const turned = [check("base", "C1", false), check("result", "C1", true)];
  it("counts only with a proof that it fails without the change", () => {
    const passed = [command("base", "C1", 1), command("result", "C1", 0)];
    expect(unproven({ change: tested, commands: [...qa, ...passed] })).toHaveLength(1);
    expect(unproven({ change: tested, ...checks(...passed, command("proof", "C1", 0)) })).toHaveLength(1);
    expect(unproven({ change: tested, ...checks(...passed, command("proof", "C1", 1)) })).toEqual([]);
    const plan = planned(testCheck);
    expect(unproven({ change: tested, plan, checks: turned })).toHaveLength(1);
    expect(unproven({ change: tested, plan, checks: [...turned, check("proof", "C1", true)] })).toHaveLength(
      1,
    );
    expect(unproven({ change: tested, plan, checks: [...turned, check("proof", "C1", false)] })).toEqual([]);
  });

  const hollow = { ...tested, hollow: command("hollow", "C1", 1).tree };
  const ran = [command("base", "C1", 1), command("result", "C1", 0), command("proof", "C1", 1)];
  const by = (argv: readonly string[], ...records: readonly CommandRecord[]) => ({
    change: hollow,
    plan: planned({ id: "C1", requirement: "R1", type: "command", argv: [...argv] }),
    ...checks(...[...ran, ...records].map((record) => ({ ...record, argv: [...argv] }))),
  });
  describe("that only looks for a name", () => {
    const TYPES = ["npx", "vitest", "run", "--typecheck.only"];
    const named = (statement: string, prompt: string, other: 0 | 1, ...failing: readonly TreeRole[]) =>
      unproven({
        change: {
          ...change(["src/index.js", "src/slug.js", "test/slug.test.js"]),
          hollow: command("hollow", "C1", 1).tree,
        },
        prompt,
        requirements: {
          kind: "change",
          requirements: [
            { id: "R1", statement, acceptance: "it is there" },
            { id: "R2", statement: "slug works", acceptance: "it works" },
          ],
        },
        plan: planned(
          { id: "C1", requirement: "R1", type: "command", argv: [...TYPES] },
          { id: "C2", requirement: "R2", type: "command", argv: ["npm", "test"] },
        ),
        ...checks(
          ...["C1", "C2"].flatMap((id) => {
            const argv = id === "C1" ? [...TYPES] : ["npm", "test"];
            return [
              command("base", id, 1, { argv }),
              command("result", id, 0, { argv }),
              command("proof", id, 1, { argv }),
              command("hollow", id, id === "C1" ? 0 : other, { argv }),
            ];
          }),
          ...(["thrown", "reverted", "undeclared"] as const).map((role) =>
            command(role, "C1", failing.includes(role) ? 1 : 0, { argv: [...TYPES] }),
          ),
        ),
      }).map(({ code }) => code);
    it("counts for a requirement that speaks of it, beside another whose check runs what was made", () => {
      expect(named("Export slug from the index.", "Add slug. Export it.", 1, "undeclared")).toEqual([]);
      expect(named("Export slug from the index.", "Add slug. Export it.", 1)).toEqual(["E228"]);
      expect(named("slug is lower-case.", "Add slug.", 1, "undeclared")).toEqual(["E241"]);
      expect(named("Export slug from the index.", "Add slug.", 0, "undeclared")).toEqual(["E241", "E228"]);
    });
    it("counts for types where the person speaks of types, and a type check fails with the old ones", () => {
      expect(named("slug is generic.", "Make slug generic.", 1, "reverted")).toEqual([]);
      expect(named("slug is lower-case.", "Make slug lower-case.", 1, "reverted")).toEqual(["E241"]);
    });
  });
  it("is for a person to say where nothing but tests changed, which pass on the base as well", () => {
    const alone = (paths: string[], result: number) =>
      unproven({
        change: change(paths),
        ...checks(command("base", "C1", 1), command("result", "C1", result), command("proof", "C1", 0)),
      });
    expect(alone(["test/slug.test.js"], 0)).toMatchObject([{ code: "E242", approval: "accept" }]);
    expect(alone(["test/slug.test.js", "src/slug.js"], 0)).toMatchObject([
      { code: "E228", approval: "rerun" },
    ]);
    expect(alone(["test/slug.test.js"], 1)).toMatchObject([{ code: "E228", rerun_from: "EXECUTION" }]);
  });
  it("may want a function to return nothing, where that rests on functions of the base, their change, and expectations", () => {
    const looked = (...failing: readonly TreeRole[]) =>
      unproven(
        by(
          ["npm", "test"],
          command("hollow", "C1", 0),
          ...(["thrown", "reverted", "altered"] as const).map((role) =>
            command(role, "C1", failing.includes(role) ? 1 : 0),
          ),
        ),
      );
    expect(looked("thrown", "reverted", "altered")).toEqual([]);
    expect(looked("thrown", "reverted")).toMatchObject([{ code: "E228" }]);
    expect(looked("thrown", "altered")).toMatchObject([{ code: "E228" }]);
    expect(looked("reverted", "altered")).toMatchObject([{ code: "E228" }]);
    const unaltered = [command("thrown", "C1", 1), command("reverted", "C1", 1)];
    expect(unproven(by(["npm", "test"], command("hollow", "C1", 0), ...unaltered))).toMatchObject([
      { code: "E228" },
    ]);
  });
  it.each([
    [["node", "--test", "test/slug.test.js"]],
    [["npm", "test"]],
    [["make", "check"]],
    [["node", "-e", "import('./src/slug.js')"]],
    [["sh", "-c", "node src/slug.js"]],
  ])("counts only where it fails without the bodies of the functions that changed: %j", (argv) => {
    expect(unproven(by(argv, command("hollow", "C1", 0)))).toHaveLength(1);
    expect(unproven(by(argv, command("hollow", "C1", 1)))).toEqual([]);
  });
  it("has to be run without these bodies where tests changed", () => {
    expect(unproven(by(["npm", "test"]))).toHaveLength(1);
  });
  it.each([
    [["node", "bin/slug.js", "--version"]],
    [["python3", "greet.py"]],
    [["npx", "tsc", "-p", "."]],
    [["cargo", "run", "--", "--version"]],
  ])("is no program that was there before and runs no test, whatever tests changed beside it: %j", (argv) => {
    const records = [command("hollow", "C1", 0), command("altered", "C1", 0)];
    expect(unproven(by(argv, ...records))).toEqual([]);
  });
});

describe("a check that passes where nothing is left that it could be about", () => {
  const passed = [command("base", "C1", 1), command("result", "C1", 0), command("proof", "C1", 1)];
  it("only looks for text where the changed files mean nothing any more", () => {
    expect(unproven(checks(...passed, command("jumbled", "C1", 1)))).toEqual([]);
    expect(unproven(checks(...passed, command("jumbled", "C1", 0)))).toMatchObject([
      { code: "E241", approval: "accept", message: expect.stringContaining("C1") },
    ]);
    const documents = { change: change(["README.md"]), prompt: "Say so in the README." };
    expect(unproven({ ...documents, ...checks(...passed, command("jumbled", "C1", 0)) })).toEqual([]);
  });
  it("compares nothing where its tests expect other values", () => {
    const argv = ["npm", "test"];
    const plan = planned({ id: "C1", requirement: "R1", type: "command", argv });
    const ran = (altered: number) =>
      checks(...[...passed, command("altered", "C1", altered)].map((record) => ({ ...record, argv })));
    expect(unproven({ plan, ...ran(1) })).toEqual([]);
    expect(unproven({ plan, ...ran(0) })).toMatchObject([
      { code: "E228", message: expect.stringContaining("whatever its tests expect") },
    ]);
  });
  it("only wants a program to be there where that may be empty", () => {
    const made = { change: change(["bin/count.sh"], { files: [file("bin/count.sh", { status: "added" })] }) };
    const argv = ["sh", "bin/count.sh"];
    const plan = planned({ id: "C1", requirement: "R1", type: "command", argv });
    const ran = (...records: readonly CommandRecord[]) => ({
      ...made,
      plan,
      ...checks(...[...passed, ...records].map((record) => ({ ...record, argv }))),
    });
    expect(unproven(ran(command("emptied", "C1", 1)))).toEqual([]);
    expect(unproven(ran(command("emptied", "C1", 0)))).toMatchObject([{ code: "E228" }]);
  });
  it("is no better for being named as a test", () => {
    const plan = planned(testCheck);
    const turned = [check("base", "C1", false), check("result", "C1", true)];
    for (const on of ["jumbled", "altered"] as const) {
      expect(unproven({ plan, checks: [...turned, check(on, "C1", false)] })).toEqual([]);
      expect(unproven({ plan, checks: [...turned, check(on, "C1", true)] })).toHaveLength(1);
    }
  });
  it("carries nothing more where the person's own check does", () => {
    const person = { personChecks: [["true"]] };
    const own = [...passed, command("altered", "C1", 0), command("result", "U1", 0, { argv: ["true"] })];
    expect(unproven({ ...person, ...checks(...own) })).toEqual([]);
  });
});
