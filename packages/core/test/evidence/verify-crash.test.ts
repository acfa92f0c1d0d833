import { appendFileSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SESSION_ID, sessionEvents } from "./build-session.ts";
import { filesOf, journalLines, open, usePreparedSession, verify } from "./prepared-session.ts";

const place = usePreparedSession();

describe("what a crash leaves", () => {
  const total = () => journalLines(place.dir).length;

  function crashAfter(projected: number, appended: number): string {
    const other = join(place.project, `crash-${projected}-${appended}`, ".pm", "sessions", SESSION_ID);
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
    const steps = join(place.project, "steps", ".pm", "sessions", SESSION_ID);
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
    const left = join(place.project, "first", ".pm", "sessions", SESSION_ID);
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
    const current = place.dir;
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
      const kept = readFileSync(join(place.dir, name));
      rmSync(join(place.dir, name));
      try {
        cpSync(join(stale, name), join(place.dir, name));
      } catch {
        // The report was not written by then.
      }
      if (name !== "executor_runs.jsonl") expect(verify(place.dir).ok).toBe(false);
      writeFileSync(join(place.dir, name), kept);
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
    appendFileSync(join(place.dir, "journal.jsonl"), "{");
    expect(verify(place.dir).ok).toBe(false);
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
