import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { projectSession } from "../../src/evidence/projections.ts";
import { readJournal } from "../../src/evidence/read-journal.ts";
import { createRedactor } from "../../src/evidence/redactor.ts";
import { openSessionEvidence } from "../../src/evidence/session-evidence.ts";
import { buildSession, SESSION_ID } from "./build-session.ts";

const SECRET = "canary-0123456789";
let project: string;
let dir: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "pm-session-"));
  dir = join(project, ".pm", "sessions", SESSION_ID);
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

const open = () =>
  openSessionEvidence(dir, {
    now: () => new Date("2026-01-02T03:04:05.000Z"),
    compress: true,
    redactor: createRedactor([SECRET]),
  });
const files = () =>
  Object.fromEntries(
    readdirSync(dir)
      .filter((name) => name !== "blobs")
      .map((name) => [name, readFileSync(join(dir, name), "utf8")]),
  );

describe("a session's evidence", () => {
  it("has the three files of the contract, the journal and the report", () => {
    const evidence = open();
    buildSession(evidence);
    expect(Object.keys(files()).sort()).toEqual([
      "evidence_index.json",
      "executor_runs.jsonl",
      "journal.jsonl",
      "report.json",
      "report.md",
      "session.json",
    ]);
    const session = JSON.parse(files()["session.json"] ?? "");
    expect(session.journal).toEqual(evidence.head);
    expect(session.session_id).toBe(SESSION_ID);
    expect(session.tasks).toHaveLength(1);
    const runs = (files()["executor_runs.jsonl"] ?? "")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(runs.map((run) => run.type).slice(0, 2)).toEqual(["run.started", "run.ended"]);
    const index = JSON.parse(files()["evidence_index.json"] ?? "");
    for (const blob of index.blobs) expect(existsSync(join(dir, blob.path))).toBe(true);
    evidence.close();
  });

  it("is ignored by git", () => {
    open().close();
    expect(readFileSync(join(project, ".pm", ".gitignore"), "utf8")).toBe("*\n");
  });

  it("can be rebuilt from its journal and blobs byte for byte (S3)", () => {
    const evidence = open();
    buildSession(evidence);
    evidence.close();
    const { lines, head } = readJournal(join(dir, "journal.jsonl"));
    const rebuilt = projectSession(lines, head);
    expect(files()["session.json"]).toBe(rebuilt.sessionJson);
    expect(files()["evidence_index.json"]).toBe(rebuilt.evidenceIndexJson);
    expect(files()["executor_runs.jsonl"]).toBe(rebuilt.executorRunsJsonl);
  });

  it("holds no secret, in no file (S2)", () => {
    const evidence = open();
    buildSession(evidence, { prompt: `use ${SECRET}`, log: `${SECRET}\n`.repeat(200) });
    evidence.close();
    for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true }))
      if (entry.isFile())
        expect(readFileSync(join(entry.parentPath, entry.name)).includes(SECRET)).toBe(false);
    const index = JSON.parse(files()["evidence_index.json"] ?? "");
    for (const blob of index.blobs)
      expect(evidence.blobs.get({ ...blob, name: blob.names[0] }).includes(SECRET)).toBe(false);
    expect(files()["session.json"]).toContain("use [redacted:known-secret]");
  });

  it("is not opened where session.json names a line that the journal lost (S5)", () => {
    const evidence = open();
    buildSession(evidence);
    evidence.close();
    const journal = files()["journal.jsonl"] ?? "";
    const lines = journal.trimEnd().split("\n");
    writeFileSync(join(dir, "journal.jsonl"), `${lines.slice(0, -1).join("\n")}\n`);
    expect(open).toThrow(expect.objectContaining({ code: "E302" }));
    truncateSync(join(dir, "journal.jsonl"), 0);
    expect(open).toThrow(expect.objectContaining({ code: "E302" }));
    rmSync(join(dir, "journal.jsonl"));
    expect(open).toThrow(expect.objectContaining({ code: "E301" }));
  });

  it("is not opened without a readable session.json (S4)", () => {
    const evidence = open();
    buildSession(evidence);
    evidence.close();
    writeFileSync(join(dir, "session.json"), "{");
    expect(open).toThrow(expect.objectContaining({ code: "E304" }));
    rmSync(join(dir, "session.json"));
    expect(open).toThrow(expect.objectContaining({ code: "E301" }));
  });

  it("removes what a crash left of files being written", () => {
    const evidence = open();
    buildSession(evidence);
    evidence.close();
    const left = join(dir, `.session.json.${"0a".repeat(8)}.tmp`);
    writeFileSync(left, "{");
    open().close();
    expect(existsSync(left)).toBe(false);
  });
});
