import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import * as fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createRedactor } from "../../src/evidence/redactor.ts";
import { openSessionEvidence, type SessionEvidence } from "../../src/evidence/session-evidence.ts";
import { verifySession } from "../../src/evidence/verify.ts";
import type { Violation } from "../../src/lifecycle/violation.ts";
import { buildSession, buildSmallSession, SESSION_ID, sessionEvents } from "./build-session.ts";

const silent = () => ({ violations: [], waived: [] });
const verify = (dir: string, deriveOutcome = silent) => verifySession(dir, { deriveOutcome });

function open(dir: string): SessionEvidence {
  let time = Date.parse("2026-01-02T03:04:05.000Z");
  const now = () => {
    time += 1000;
    return new Date(time);
  };
  return openSessionEvidence(dir, { now, compress: true, redactor: createRedactor([]) });
}

function sessionIn(project: string, log?: string): string {
  const dir = join(project, ".pm", "sessions", SESSION_ID);
  const evidence = open(dir);
  buildSession(evidence, log === undefined ? {} : { log });
  evidence.close();
  return dir;
}

function smallSession(): string {
  const small = join(project, "small", ".pm", "sessions", SESSION_ID);
  const evidence = open(small);
  buildSmallSession(evidence);
  evidence.close();
  for (const name of filesOf(small).filter((file) => file.startsWith("blobs") && isUnnamed(small, file)))
    rmSync(join(small, name));
  return small;
}

const isUnnamed = (session: string, blob: string) =>
  !readFileSync(join(session, "evidence_index.json"), "utf8").includes(blob);
const filesOf = (dir: string) =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)))
    .sort();

let base: string;
let whole: string;
let project: string;
let dir: string;

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), "pm-verify-base-"));
  whole = sessionIn(base);
});
afterAll(() => rmSync(base, { recursive: true, force: true }));
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "pm-verify-"));
  dir = join(project, ".pm", "sessions", SESSION_ID);
  cpSync(whole, dir, { recursive: true });
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

const first = () => verify(dir).problems[0];
const journalLines = () => readFileSync(join(dir, "journal.jsonl"), "utf8").trimEnd().split("\n");
const writeJournal = (lines: readonly string[]) =>
  writeFileSync(join(dir, "journal.jsonl"), lines.map((line) => `${line}\n`).join(""));

/** Runs `check` with the file holding `bytes`, and puts it back. */
function withBytes(name: string, bytes: Buffer, check: () => void): void {
  const path = join(dir, name);
  const before = readFileSync(path);
  writeFileSync(path, bytes);
  check();
  writeFileSync(path, before);
}

describe("verifying a session", () => {
  it("finds nothing wrong with what was written, and says what it read", () => {
    const report = verify(dir);
    expect(report.problems).toEqual([]);
    expect(report).toMatchObject({ ok: true, session_id: SESSION_ID, overall_status: "COMPLETE", notes: [] });
    expect(report.lines).toBe(journalLines().length);
    expect(report.files).toBe(filesOf(dir).length);
    expect(report.bytes).toBe(
      filesOf(dir).reduce((sum, name) => sum + readFileSync(join(dir, name)).length, 0),
    );
  });

  it("finds every single changed byte of every file, and names the file and the line", {
    timeout: 120_000,
  }, () => {
    const small = smallSession();
    expect(verify(small)).toMatchObject({ ok: true, overall_status: "ERROR" });
    for (const name of filesOf(small)) {
      const bytes = readFileSync(join(small, name));
      for (let at = 0; at < bytes.length; at++) {
        const changed = Buffer.from(bytes);
        changed[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
        writeFileSync(join(small, name), changed);
        const problem = verify(small).problems[0];
        const line = bytes.subarray(0, at).toString("latin1").split("\n").length;
        const where = name === "journal.jsonl" ? `${name}:${line}` : name;
        if (problem?.where.startsWith(where) !== true)
          expect({ name, at, line, problem }).toEqual("a problem there");
      }
      writeFileSync(join(small, name), bytes);
    }
  });

  it("finds any byte flipped, put in or taken out anywhere", { timeout: 120_000 }, () => {
    const names = filesOf(dir);
    const property = fc.property(
      fc.constantFrom(...names),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      fc.constantFrom("flip", "insert", "delete"),
      (name, position, byte, how) => {
        const bytes = readFileSync(join(dir, name));
        const at = position % Math.max(1, bytes.length + (how === "insert" ? 1 : 0));
        if (how !== "insert" && bytes.length === 0) return;
        const middle =
          how === "flip"
            ? Buffer.from([(bytes[at] ?? 0) ^ byte])
            : Buffer.from(how === "insert" ? [byte] : []);
        const rest = bytes.subarray(how === "insert" ? at : at + 1);
        withBytes(name, Buffer.concat([bytes.subarray(0, at), middle, rest]), () =>
          expect(verify(dir).ok).toBe(false),
        );
      },
    );
    void fc.assert(property, { numRuns: 600 });
  });

  it("finds lines taken out, doubled, swapped or added, and names the first", () => {
    const lines = journalLines();
    const swap = (at: number) => [
      ...lines.slice(0, at),
      lines[at + 1] ?? "",
      lines[at] ?? "",
      ...lines.slice(at + 2),
    ];
    for (let at = 0; at < lines.length; at++) {
      writeJournal(lines.filter((_, index) => index !== at));
      expect(first()?.where).toBe(`journal.jsonl:${at + 1}`);
      writeJournal([...lines.slice(0, at + 1), ...lines.slice(at)]);
      expect(first()?.where).toBe(`journal.jsonl:${at + 2}`);
      if (at + 1 < lines.length) {
        writeJournal(swap(at));
        expect(first()?.where).toBe(`journal.jsonl:${at + 1}`);
      }
    }
    for (const extra of ["", "{}", lines[0] ?? ""]) {
      writeJournal([...lines, extra]);
      expect(first()?.where).toBe(`journal.jsonl:${lines.length + 1}`);
    }
  });

  it("finds a journal cut short at any byte", { timeout: 60_000 }, () => {
    const small = smallSession();
    const bytes = readFileSync(join(small, "journal.jsonl"));
    for (let length = bytes.length - 1; length >= 0; length--) {
      truncateSync(join(small, "journal.jsonl"), length);
      const line = bytes.subarray(0, length).toString("latin1").split("\n").length;
      expect(verify(small).problems[0]).toMatchObject({ code: "E302", where: `journal.jsonl:${line}` });
    }
  });

  it("finds lines of executor_runs.jsonl taken out, doubled, swapped or added", () => {
    const path = join(dir, "executor_runs.jsonl");
    const lines = readFileSync(path, "utf8").trimEnd().split("\n");
    const variants = [
      lines.slice(0, -1),
      lines.slice(1),
      [...lines, lines.at(-1) ?? ""],
      [lines[1] ?? "", lines[0] ?? "", ...lines.slice(2)],
      [],
    ];
    for (const variant of variants) {
      writeFileSync(path, variant.map((line) => `${line}\n`).join(""));
      expect(first()).toMatchObject({
        code: "E304",
        where: expect.stringMatching(/^executor_runs.jsonl:\d+$/),
      });
    }
  });

  it("finds each file that is missing", () => {
    for (const name of filesOf(dir)) {
      renameSync(join(dir, name), join(project, "aside"));
      const problem = first();
      expect(problem).toMatchObject({
        code: "E301",
        where: name,
      });
      renameSync(join(project, "aside"), join(dir, name));
    }
    expect(verify(dir).ok).toBe(true);
  });

  it("finds each file too many, and symlinks even to the right bytes", () => {
    const blob = filesOf(dir)[0] ?? "";
    const extra = [
      "notes.txt",
      "blobs/x",
      "blobs/sha256/ab/short",
      `blobs/sha256/00/${"11".repeat(32)}`,
      `.session.json.${"0a".repeat(8)}.tmp`,
    ];
    for (const name of extra) {
      mkdirSync(join(dir, name, ".."), { recursive: true });
      writeFileSync(join(dir, name), "x");
      expect(first()).toMatchObject({ code: "E309", where: name });
      rmSync(join(dir, name));
    }
    mkdirSync(join(dir, "folder"));
    expect(first()).toMatchObject({ code: "E309", where: "folder" });
    rmSync(join(dir, "folder"), { recursive: true });
    renameSync(join(dir, blob), join(project, "aside"));
    symlinkSync(join(project, "aside"), join(dir, blob));
    expect(verify(dir).ok).toBe(false);
  });

  it("takes an attestation that was not written to its end for what a kill left", () => {
    const name = `.attestation.dsse.json.${"0a".repeat(8)}.tmp`;
    writeFileSync(join(dir, name), "{");
    expect(verify(dir)).toMatchObject({
      ok: true,
      overall_status: "COMPLETE",
      notes: expect.arrayContaining([expect.stringContaining(name)]),
    });
  });

  it("finds a session under another's name", () => {
    renameSync(dir, join(dir, "..", "session-other"));
    const report = verify(join(dir, "..", "session-other"));
    expect(report.problems[0]).toMatchObject({ code: "E302", where: "journal.jsonl:1" });
    expect(report.overall_status).toBe("INVALID");
  });

  it("is INVALID where there is no journal at all", () => {
    rmSync(join(dir, "journal.jsonl"));
    expect(verify(dir)).toMatchObject({ ok: false, overall_status: "INVALID" });
    expect(first()).toMatchObject({ code: "E301", where: "journal.jsonl" });
  });
});

describe("what outcomes rest on", () => {
  function rewritten(change: (event: ReturnType<typeof sessionEvents>[number]) => object): string {
    const other = join(mkdtempSync(join(project, "again-")), ".pm", "sessions", SESSION_ID);
    const evidence = open(other);
    for (const event of sessionEvents(evidence))
      evidence.append({ ...event, ...change(event) } as typeof event);
    evidence.writeProjections();
    evidence.close();
    return other;
  }

  it("finds gates that say something else of the same evidence", () => {
    const violation: Violation = {
      code: "E223",
      gate: "qa",
      status: "INCOMPLETE",
      message: "",
      hint: "",
      task_id: null,
      paths: [],
      approval: null,
      rerun_from: null,
    };
    const report = verifySession(dir, { deriveOutcome: () => ({ violations: [violation], waived: [] }) });
    expect(report.problems).toMatchObject([
      { code: "E305", where: expect.stringMatching(/^journal.jsonl:\d+$/) },
    ]);
    expect(report.problems[0]?.message).toContain("E223");
  });

  it("finds a status that the evidence doesn't give, though every digest fits", () => {
    const lied = rewritten((event) => (event.type === "task.ended" ? { status: "ERROR" } : {}));
    expect(verify(lied).problems).toMatchObject([
      { code: "E305", message: expect.stringContaining("says ERROR, the evidence says COMPLETE") },
    ]);
    const modest = rewritten((event) => (event.type === "report.written" ? { status: "INCOMPLETE" } : {}));
    expect(verify(modest).problems).toMatchObject([{ code: "E305" }]);
  });

  it("finds a history that the lifecycle doesn't allow", () => {
    const other = join(project, "again", ".pm", "sessions", SESSION_ID);
    const evidence = open(other);
    const events = sessionEvents(evidence).filter((event) => event.type !== "snapshot.taken");
    for (const event of events.slice(0, 3)) evidence.append(event);
    evidence.writeProjections();
    evidence.append({ type: "task.ended", task_id: "task-1", status: "COMPLETE" });
    evidence.close();
    expect(verify(other).problems[0]).toMatchObject({ code: "E302", where: "journal.jsonl:4" });
  });

  it("gives a problem, never an exception, where gates can't be evaluated", () => {
    const report = verifySession(dir, {
      deriveOutcome: () => {
        throw new TypeError("no");
      },
    });
    expect(report.problems).toMatchObject([{ code: "E305" }]);
  });
});

describe("what a crash leaves", () => {
  const total = () => journalLines().length;

  function crashAfter(projected: number, appended: number): string {
    const other = join(project, `crash-${projected}-${appended}`, ".pm", "sessions", SESSION_ID);
    const evidence = open(other);
    const events = sessionEvents(evidence);
    for (const [index, event] of events.slice(0, appended).entries()) {
      if (index === projected) evidence.writeProjections();
      evidence.append(event);
    }
    evidence.close();
    return other;
  }

  it("is a note, wherever between the appends and the rewriting it came", () => {
    const steps = join(project, "steps", ".pm", "sessions", SESSION_ID);
    const evidence = open(steps);
    const made = sessionEvents(evidence).map((event) => {
      evidence.append(event);
      evidence.writeProjections();
      const names = readdirSync(steps).filter((name) => name !== "blobs" && name !== "journal.jsonl");
      return names.map((name) => ({ name, bytes: readFileSync(join(steps, name)) }));
    });
    evidence.close();
    const lines = readFileSync(join(steps, "journal.jsonl"), "utf8").trimEnd().split("\n");
    for (let appended = 2; appended <= lines.length; appended++) {
      writeFileSync(join(steps, "journal.jsonl"), `${lines.slice(0, appended).join("\n")}\n`);
      for (const rewritten of [1, appended - 5, appended - 2, appended - 1].filter((line) => line > 0)) {
        for (const name of ["report.md", "report.json"]) rmSync(join(steps, name), { force: true });
        for (const { name, bytes } of made[rewritten - 1] ?? []) writeFileSync(join(steps, name), bytes);
        const report = verify(steps);
        expect(report.problems).toEqual([]);
        expect(report.notes.join()).toContain(`line ${rewritten} of ${appended}`);
      }
    }
  });

  it("may be the first line alone", () => {
    const left = join(project, "first", ".pm", "sessions", SESSION_ID);
    const evidence = open(left);
    const [opened] = sessionEvents(evidence);
    if (opened) evidence.append(opened);
    evidence.close();
    for (const name of ["session.json", "evidence_index.json", "executor_runs.jsonl"]) {
      rmSync(join(left, name));
      expect(verify(left).problems).toEqual([]);
    }
    open(left).close();
    expect(filesOf(left)).toContain("session.json");
  });

  it("is a note where only some files were rewritten", () => {
    const count = total();
    const stale = crashAfter(count - 3, count);
    const current = dir;
    const order = ["report.md", "report.json", "executor_runs.jsonl", "evidence_index.json", "session.json"];
    for (const name of order) {
      cpSync(join(current, name), join(stale, name));
      expect(verify(stale).problems).toEqual([]);
    }
    expect(verify(stale).notes.filter((note) => note.includes("left behind"))).toEqual([]);
  });

  it("is a problem where a file shows less than what was written after it", () => {
    const count = total();
    const stale = crashAfter(count - 12, count);
    for (const name of ["executor_runs.jsonl", "evidence_index.json", "report.md"]) {
      const kept = readFileSync(join(dir, name));
      rmSync(join(dir, name));
      try {
        cpSync(join(stale, name), join(dir, name));
      } catch {
        // The report was not written by then.
      }
      if (name !== "executor_runs.jsonl") expect(verify(dir).ok).toBe(false);
      writeFileSync(join(dir, name), kept);
    }
  });

  it("is a note for a torn last record of an open session, which opening then takes away", () => {
    const left = crashAfter(9, 10);
    appendFileSync(join(left, "journal.jsonl"), '{"at":"2026-01-');
    expect(verify(left)).toMatchObject({ ok: true, overall_status: "INCOMPLETE" });
    expect(verify(left).notes.join()).toContain("journal.jsonl:11 was cut short");
    const evidence = open(left);
    evidence.writeProjections();
    evidence.close();
    expect(verify(left).problems).toEqual([]);
    expect(verify(left).notes.join()).not.toContain("cut short");
    expect(verify(left).lines).toBe(10);
  });

  it("is nothing else: other bytes at the end, or any in a finished session, are a problem", () => {
    const left = crashAfter(9, 10);
    appendFileSync(join(left, "journal.jsonl"), "\0");
    expect(verify(left).ok).toBe(false);
    appendFileSync(join(dir, "journal.jsonl"), "{");
    expect(verify(dir).ok).toBe(false);
  });

  it("is a note for blobs and temporary files that no line names yet, and a problem once they are altered", () => {
    const left = crashAfter(9, 10);
    const named = sessionEvents(open(left)).length;
    expect(named).toBeGreaterThan(10);
    expect(verify(left).notes.join()).toContain("named by no line");
    writeFileSync(join(left, `.session.json.${"0a".repeat(8)}.tmp`), "{");
    expect(verify(left).ok).toBe(true);
    const blobs = filesOf(left).filter((name) => name.startsWith("blobs"));
    for (const name of blobs) {
      const bytes = readFileSync(join(left, name));
      writeFileSync(join(left, name), Buffer.concat([bytes, Buffer.from("x")]));
      expect(verify(left).problems[0]).toMatchObject({ code: "E303", where: name });
      writeFileSync(join(left, name), bytes);
    }
  });
});
