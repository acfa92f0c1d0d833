import { RunnerError } from "@pm/core";
import { describe, expect, it } from "vitest";
import { executionResult } from "../fake-engine.ts";
import { runPm } from "../run-pm.ts";

const session = {
  session_id: "session-1a",
  project: "/work/日本語",
  opened_at: "2026-01-02T03:04:05.000Z",
  overall_status: "COMPLETE" as const,
  tasks: executionResult().tasks,
  refs: [],
};
const sessions = async () => [session];

describe("pm status", () => {
  it("prints the result and exits 0 whatever the status is", async () => {
    const status = async () => executionResult({ overall_status: "INVALID" });
    const run = await runPm(["status", "session-1a"], { status });
    expect(run.out).toMatch(/^INVALID {2}session-1a\n/);
    expect(run.code).toBe(0);
  });
});

describe("pm verify", () => {
  const report = {
    session_id: "session-1a",
    ok: true,
    overall_status: "COMPLETE" as const,
    lines: 40,
    files: 12,
    bytes: 3456,
    problems: [],
    notes: [],
    attestation: { state: "verified" as const, key_id: "ab".repeat(32), seq: 40 },
  };

  it("exits 0 where the evidence holds", async () => {
    const run = await runPm(["verify", "session-1a"], { verify: async () => report });
    expect(run.out).toContain("VERIFIED  session-1a");
    expect(run.out).toContain(`Signed by ${"ab".repeat(32)}.`);
    expect(run.code).toBe(0);
  });

  it("exits 5 and names the first bad line where it does not", async () => {
    const problem = { code: "E302", where: "journal.jsonl:12", message: "the hash does not fit" };
    const verify = async () => ({ ...report, ok: false, problems: [problem] });
    const run = await runPm(["verify", "session-1a"], { verify });
    expect(run.out).toContain("E302 journal.jsonl:12: the hash does not fit");
    expect(run.code).toBe(5);
    const json = await runPm(["verify", "session-1a", "--json"], { verify });
    expect(JSON.parse(json.out)).toEqual(await verify());
    expect(json.code).toBe(5);
  });
});

describe("pm verify of a file", () => {
  it("takes whatever can't be a session's id for a path, and hands on the key that is asked for", async () => {
    const asked: unknown[] = [];
    const verifyExport = async (...given: unknown[]) => {
      asked.push(given);
      return {
        session_id: "",
        ok: false,
        overall_status: "INVALID" as const,
        lines: 0,
        files: 0,
        bytes: 0,
        problems: [{ code: "E313", where: "it", message: "it is no export." }],
        notes: [],
        attestation: null,
      };
    };
    const run = await runPm(["verify", "x.pm.tar", "--key", "k.pem"], { verifyExport });
    expect(asked).toEqual([
      [expect.stringMatching(/^\/.*x\.pm\.tar$/), { keyFile: expect.stringMatching(/^\/.*k\.pem$/) }],
    ]);
    expect(run.out).toMatch(/^DAMAGED {2}x\.pm\.tar\n/);
    expect(run.code).toBe(5);
    await runPm(["verify", "x.pm.tar", "--key", "0a".repeat(32)], { verifyExport });
    expect(asked.at(-1)).toEqual([expect.any(String), { keyId: "0a".repeat(32) }]);
  });
});

describe("pm logs", () => {
  const logs = async () => [
    { at: "2026-01-02T03:04:05.000Z", task_id: "task-1", line: "ran \x1b[31mnpm test" },
  ];

  it("shows the lines of the project's newest session, harmless", async () => {
    const run = await runPm(["logs"], { sessions, logs });
    expect(run.out).toBe("03:04:05  task-1  ran npm test\n");
  });

  it("is E201 where the project has no session", async () => {
    const run = await runPm(["logs"], { sessions: async () => [] });
    expect(run.err).toContain("E201");
    expect(run.code).toBe(2);
  });

  it("gives a patch to a pipe as it is, and to a terminal without control characters", async () => {
    const patch = "+\tx\r\n+\x1b[31m\n";
    const artifact = async () => patch;
    expect((await runPm(["logs", "session-1a", "--patch"], { artifact })).out).toBe(patch);
    expect((await runPm(["logs", "session-1a", "--patch"], { artifact }, { tty: true })).out).toBe(
      "+\tx\n+\n",
    );
  });

  it("is E235 where there is no such evidence, E115 where two are asked for", async () => {
    const none = await runPm(["logs", "session-1a", "--answer"], { artifact: async () => null });
    expect(none.err).toContain("E235 No such evidence: session-1a has no answer.");
    expect(none.code).toBe(1);
    expect((await runPm(["logs", "session-1a", "--answer", "--patch"])).err).toContain("E115");
  });
});

describe("pm cancel, validate, init and doctor", () => {
  it("cancel prints the result", async () => {
    const cancel = async () => executionResult({ overall_status: "ERROR" });
    const run = await runPm(["cancel", "session-1a"], { cancel });
    expect(run.out).toMatch(/^ERROR/);
    expect(run.code).toBe(0);
  });

  it("validate names every problem and exits 1", async () => {
    const problems = [
      new RunnerError("E106", { path: "/work/.claude/CLAUDE.md", project: "/work" }),
      new RunnerError("E106", { path: "/work/.claude/rules", project: "/work" }),
    ];
    const services = { validate: async (project: string) => ({ project, problems }) };
    const run = await runPm(["validate"], {}, { services });
    expect(run.err).toContain("CLAUDE.md is missing.");
    expect(run.err).toContain("rules is missing.");
    expect(run.out).toBe("");
    expect(run.code).toBe(1);
    const json = await runPm(["validate", "--json"], {}, { services });
    expect(JSON.parse(json.out)).toMatchObject({ error: { code: "E106" }, others: [{ code: "E106" }] });
    expect((await runPm(["validate"])).out).toBe("VALID  /work\n");
  });

  it("init tells what it made and what was there", async () => {
    const services = {
      init: async (project: string) => ({ project, created: [".claude/"], kept: [".claude/rules/"] }),
    };
    const run = await runPm(["init", "--project", "p"], {}, { services });
    expect(run.out).toContain("created  .claude/\n");
    expect(run.out).toContain("kept     .claude/rules/\n");
    expect(run.code).toBe(0);
  });

  it("doctor puts each check on one line, its fix on the next, and fails only for what is needed", async () => {
    const warn = { name: "disk", outcome: "warn" as const, detail: "1 GB free", fix: "free some space" };
    const fail = { name: "git", outcome: "fail" as const, detail: "not found", fix: "install git" };
    const fine = await runPm(["doctor"], {}, { services: { doctor: async () => [warn] } });
    expect(fine.out).toBe("! disk  1 GB free\n        Fix: free some space\n");
    expect(fine.code).toBe(0);
    const bad = await runPm(["doctor", "--json"], {}, { services: { doctor: async () => [warn, fail] } });
    expect(JSON.parse(bad.out)).toEqual({ ok: false, checks: [warn, fail] });
    expect(bad.code).toBe(1);
  });
});
