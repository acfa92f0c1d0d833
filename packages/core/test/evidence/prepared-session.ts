/** A verified session on disk, anew before each test, and what tests do to it. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { createRedactor } from "../../src/evidence/redactor.ts";
import { openSessionEvidence, type SessionEvidence } from "../../src/evidence/session-evidence.ts";
import { verifySession } from "../../src/evidence/verify.ts";
import { buildSession, SESSION_ID } from "./build-session.ts";

const silent = () => ({ violations: [], waived: [] });
export const verify = (dir: string, deriveOutcome = silent) => verifySession(dir, { deriveOutcome });

/** Opens it with a clock that ticks once a reading. */
export function open(dir: string): SessionEvidence {
  let time = Date.parse("2026-01-02T03:04:05.000Z");
  const now = () => {
    time += 1000;
    return new Date(time);
  };
  return openSessionEvidence(dir, { now, compress: true, redactor: createRedactor([]) });
}

export function sessionIn(project: string, log?: string): string {
  const dir = sessionDir(project);
  const evidence = open(dir);
  buildSession(evidence, log === undefined ? {} : { log });
  evidence.close();
  return dir;
}

export const sessionDir = (project: string) => join(project, ".pm", "sessions", SESSION_ID);

export const filesOf = (dir: string) =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)))
    .sort();

export const journalLines = (dir: string) =>
  readFileSync(join(dir, "journal.jsonl"), "utf8").trimEnd().split("\n");
export const writeJournal = (dir: string, lines: readonly string[]) =>
  writeFileSync(join(dir, "journal.jsonl"), lines.map((line) => `${line}\n`).join(""));

/** @returns a project with a whole session, another copy in each test: its folders are read when a test runs. */
export function usePreparedSession(): { readonly project: string; readonly dir: string } {
  let base: string;
  let whole: string;
  const at = { project: "", dir: "" };
  beforeAll(() => {
    base = mkdtempSync(join(tmpdir(), "pm-verify-base-"));
    whole = sessionIn(base);
  });
  afterAll(() => rmSync(base, { recursive: true, force: true }));
  beforeEach(() => {
    at.project = mkdtempSync(join(tmpdir(), "pm-verify-"));
    at.dir = sessionDir(at.project);
    cpSync(whole, at.dir, { recursive: true });
  });
  afterEach(() => rmSync(at.project, { recursive: true, force: true }));
  return at;
}
