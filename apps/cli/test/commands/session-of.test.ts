import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { executionResult } from "../fake-engine.ts";
import { runPm } from "../run-pm.ts";

const ID = "session-1a";
let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "pm-session-of-")));
  mkdirSync(at(`project/.pm/sessions/${ID}`), { recursive: true });
  writeFileSync(at(`project/.pm/sessions/${ID}/journal.jsonl`), "{}\n");
  mkdirSync(at("project/src"));
  cpSync(at("project"), at("copy"), { recursive: true });
  symlinkSync(at("project"), at("link"));
  mkdirSync(at("other/.pm/sessions"), { recursive: true });
  mkdirSync(at("nowhere"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a command; the session is where the project is, whatever folder it is run in. */
async function run(args: readonly string[], cwd: string) {
  const done: string[] = [];
  const result = executionResult({ evidence_path: at(`project/.pm/sessions/${ID}`) });
  const call = (name: string) => async () => {
    done.push(name);
    return result;
  };
  const view = {
    sessionId: ID,
    taskId: "task-1",
    digest: "d",
    violations: [],
    effect: "accept",
    files: [],
  } as const;
  const engine = {
    status: async () => result,
    continueSession: call("continue"),
    cancel: call("cancel"),
    approve: call("approve"),
    approvalView: async () => view,
  };
  const { code, err } = await runPm(args, engine, { cwd: at(cwd) });
  return { code, err, done };
}

const CHANGING = ["continue", "approve", "cancel"];

describe("a command that goes on with a session", () => {
  it.each(CHANGING)("refuses in a copy of its project: %s", async (command) => {
    for (const cwd of ["copy", "copy/src"]) {
      const { code, err, done } = await run([command, ID], cwd);
      expect({ code, done }).toEqual({ code: 1, done: [] });
      expect(err).toContain(
        `E240 Session of another project: ${ID} is a session of the project ${at("project")}`,
      );
      expect(err).toContain(`not of ${at("copy")}.`);
      expect(err).toContain(`--project ${at("project")}`);
    }
  });

  it.each(CHANGING)("refuses with another project named, a copy or not: %s", async (command) => {
    for (const named of ["copy", "other", "nowhere"]) {
      const { code, err, done } = await run([command, ID, "--project", at(named)], "project");
      expect({ code, done }).toEqual({ code: 1, done: [] });
      expect(err).toContain(`not of ${at(named)}.`);
    }
  });

  it.each(CHANGING)(
    "is done in the project, and from folders that have no such session: %s",
    async (command) => {
      for (const cwd of ["project", "project/src", "link", "other", "nowhere", "."])
        expect((await run([command, ID], cwd)).done, cwd).toEqual([command]);
      for (const named of ["project", "link"])
        expect((await run([command, ID, "--project", at(named)], "copy")).done, named).toEqual([command]);
    },
  );
});

describe("a command that reads a session", () => {
  it("does so from any folder, a copy of its project too", async () => {
    for (const cwd of ["project", "copy", "other", "nowhere"])
      expect((await run(["status", ID], cwd)).code, cwd).toBe(0);
  });

  it("refuses with another project named", async () => {
    expect((await run(["status", ID, "--project", at("copy")], "project")).err).toContain("E240");
    expect((await run(["status", ID, "--project", at("link")], "copy")).code).toBe(0);
  });

  it("passes on what only the queue knows", async () => {
    const status = async () => executionResult({ evidence_path: "" });
    expect((await runPm(["status", ID, "--project", at("other")], { status })).code).toBe(0);
  });
});
