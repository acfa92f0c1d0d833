import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { verifySession } from "../../src/evidence/verify.ts";
import type { Violation } from "../../src/lifecycle/violation.ts";
import { buildSmallSession, SESSION_ID, sessionEvents } from "./build-session.ts";
import {
  filesOf,
  journalLines,
  open,
  sessionDir,
  usePreparedSession,
  verify,
  writeJournal,
} from "./prepared-session.ts";

function smallSession(): string {
  const small = sessionDir(join(place.project, "small"));
  const evidence = open(small);
  buildSmallSession(evidence);
  evidence.close();
  for (const name of filesOf(small).filter((file) => file.startsWith("blobs") && isUnnamed(small, file)))
    rmSync(join(small, name));
  return small;
}

const isUnnamed = (session: string, blob: string) =>
  !readFileSync(join(session, "evidence_index.json"), "utf8").includes(blob);

const place = usePreparedSession();
const first = () => verify(place.dir).problems[0];

/** Runs `check` with the file holding `bytes`, and puts it back. */
function withBytes(name: string, bytes: Buffer, check: () => void): void {
  const path = join(place.dir, name);
  const before = readFileSync(path);
  writeFileSync(path, bytes);
  check();
  writeFileSync(path, before);
}

describe("verifying a session", () => {
  it("finds nothing wrong with what was written, and says what it read", () => {
    const report = verify(place.dir);
    expect(report.problems).toEqual([]);
    expect(report).toMatchObject({ ok: true, session_id: SESSION_ID, overall_status: "COMPLETE", notes: [] });
    expect(report.lines).toBe(journalLines(place.dir).length);
    expect(report.files).toBe(filesOf(place.dir).length);
    expect(report.bytes).toBe(
      filesOf(place.dir).reduce((sum, name) => sum + readFileSync(join(place.dir, name)).length, 0),
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
    const names = filesOf(place.dir);
    const property = fc.property(
      fc.constantFrom(...names),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      fc.constantFrom("flip", "insert", "delete"),
      (name, position, byte, how) => {
        const bytes = readFileSync(join(place.dir, name));
        const at = position % Math.max(1, bytes.length + (how === "insert" ? 1 : 0));
        if (how !== "insert" && bytes.length === 0) return;
        const middle =
          how === "flip"
            ? Buffer.from([(bytes[at] ?? 0) ^ byte])
            : Buffer.from(how === "insert" ? [byte] : []);
        const rest = bytes.subarray(how === "insert" ? at : at + 1);
        withBytes(name, Buffer.concat([bytes.subarray(0, at), middle, rest]), () =>
          expect(verify(place.dir).ok).toBe(false),
        );
      },
    );
    void fc.assert(property, { numRuns: 600 });
  });

  it("finds lines taken out, doubled, swapped or added, and names the first", () => {
    const lines = journalLines(place.dir);
    const swap = (at: number) => [
      ...lines.slice(0, at),
      lines[at + 1] ?? "",
      lines[at] ?? "",
      ...lines.slice(at + 2),
    ];
    for (let at = 0; at < lines.length; at++) {
      writeJournal(
        place.dir,
        lines.filter((_, index) => index !== at),
      );
      expect(first()?.where).toBe(`journal.jsonl:${at + 1}`);
      writeJournal(place.dir, [...lines.slice(0, at + 1), ...lines.slice(at)]);
      expect(first()?.where).toBe(`journal.jsonl:${at + 2}`);
      if (at + 1 < lines.length) {
        writeJournal(place.dir, swap(at));
        expect(first()?.where).toBe(`journal.jsonl:${at + 1}`);
      }
    }
    for (const extra of ["", "{}", lines[0] ?? ""]) {
      writeJournal(place.dir, [...lines, extra]);
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
    const path = join(place.dir, "executor_runs.jsonl");
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
    for (const name of filesOf(place.dir)) {
      renameSync(join(place.dir, name), join(place.project, "aside"));
      const problem = first();
      expect(problem).toMatchObject({
        code: "E301",
        where: name,
      });
      renameSync(join(place.project, "aside"), join(place.dir, name));
    }
    expect(verify(place.dir).ok).toBe(true);
  });

  it("finds each file too many, and symlinks even to the right bytes", () => {
    const blob = filesOf(place.dir)[0] ?? "";
    const extra = [
      "notes.txt",
      "blobs/x",
      "blobs/sha256/ab/short",
      `blobs/sha256/00/${"11".repeat(32)}`,
      `.session.json.${"0a".repeat(8)}.tmp`,
    ];
    for (const name of extra) {
      mkdirSync(join(place.dir, name, ".."), { recursive: true });
      writeFileSync(join(place.dir, name), "x");
      expect(first()).toMatchObject({ code: "E309", where: name });
      rmSync(join(place.dir, name));
    }
    mkdirSync(join(place.dir, "folder"));
    expect(first()).toMatchObject({ code: "E309", where: "folder" });
    rmSync(join(place.dir, "folder"), { recursive: true });
    renameSync(join(place.dir, blob), join(place.project, "aside"));
    symlinkSync(join(place.project, "aside"), join(place.dir, blob));
    expect(verify(place.dir).ok).toBe(false);
  });

  it("takes an attestation that was not written to its end for what a kill left", () => {
    const name = `.attestation.dsse.json.${"0a".repeat(8)}.tmp`;
    writeFileSync(join(place.dir, name), "{");
    expect(verify(place.dir)).toMatchObject({
      ok: true,
      overall_status: "COMPLETE",
      notes: expect.arrayContaining([expect.stringContaining(name)]),
    });
  });

  it("finds a session under another's name", () => {
    renameSync(place.dir, join(place.dir, "..", "session-other"));
    const report = verify(join(place.dir, "..", "session-other"));
    expect(report.problems[0]).toMatchObject({ code: "E302", where: "journal.jsonl:1" });
    expect(report.overall_status).toBe("INVALID");
  });

  it("is INVALID where there is no journal at all", () => {
    rmSync(join(place.dir, "journal.jsonl"));
    expect(verify(place.dir)).toMatchObject({ ok: false, overall_status: "INVALID" });
    expect(first()).toMatchObject({ code: "E301", where: "journal.jsonl" });
  });
});

describe("what outcomes rest on", () => {
  function rewritten(change: (event: ReturnType<typeof sessionEvents>[number]) => object): string {
    const other = join(mkdtempSync(join(place.project, "again-")), ".pm", "sessions", SESSION_ID);
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
    const report = verifySession(place.dir, {
      deriveOutcome: () => ({ violations: [violation], waived: [] }),
    });
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
    const other = join(place.project, "again", ".pm", "sessions", SESSION_ID);
    const evidence = open(other);
    const events = sessionEvents(evidence).filter((event) => event.type !== "snapshot.taken");
    for (const event of events.slice(0, 3)) evidence.append(event);
    evidence.writeProjections();
    evidence.append({ type: "task.ended", task_id: "task-1", status: "COMPLETE" });
    evidence.close();
    expect(verify(other).problems[0]).toMatchObject({ code: "E302", where: "journal.jsonl:4" });
  });

  it("gives a problem, never an exception, where gates can't be evaluated", () => {
    const report = verifySession(place.dir, {
      deriveOutcome: () => {
        throw new TypeError("no");
      },
    });
    expect(report.problems).toMatchObject([{ code: "E305" }]);
  });
});
