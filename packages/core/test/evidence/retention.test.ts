import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRedactor } from "../../src/evidence/redactor.ts";
import { deleteExpiredSessions } from "../../src/evidence/retention.ts";
import { openSessionEvidence } from "../../src/evidence/session-evidence.ts";
import { buildSession } from "./build-session.ts";

const ENDED = "2026-01-02T00:00:00.000Z";
let project: string;
let sessions: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "pm-retention-"));
  sessions = join(project, ".pm", "sessions");
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

function session(id: string, events?: number): string {
  const dir = join(sessions, id);
  const evidence = openSessionEvidence(dir, {
    now: () => new Date(ENDED),
    compress: false,
    redactor: createRedactor([]),
  });
  buildSession(evidence, events === undefined ? {} : { events });
  evidence.close();
  return dir;
}

const expire = (now: string, held: string[] = []) =>
  deleteExpiredSessions(sessions, {
    retentionDays: 30,
    now: new Date(now),
    isHeld: (id) => held.includes(id),
  });

describe("retention", () => {
  it("deletes an ended session once it is older than the days that were set, not before", () => {
    session("session-a");
    expect(expire("2026-02-01T00:00:00.000Z")).toEqual([]);
    expect(expire("2026-02-01T00:00:00.001Z")).toEqual(["session-a"]);
    expect(readdirSync(sessions)).toEqual([]);
  });

  it("never deletes one that is open, held, or damaged", () => {
    session("session-open", 12);
    session("session-held");
    const damaged = session("session-damaged");
    const torn = session("session-torn");
    appendFileSync(join(damaged, "journal.jsonl"), "{}\n");
    appendFileSync(join(torn, "journal.jsonl"), "{");
    mkdirSync(join(sessions, "session-empty"));
    mkdirSync(join(sessions, "something-else"));
    const before = readdirSync(sessions);
    expect(expire("2099-01-01T00:00:00.000Z", ["session-held"])).toEqual([]);
    expect(readdirSync(sessions)).toEqual(before);
  });

  it("finishes a deletion that a crash cut short", () => {
    session("session-a");
    mkdirSync(join(sessions, ".expired-session-b", "blobs"), { recursive: true });
    expect(expire("2026-01-03T00:00:00.000Z")).toEqual([]);
    expect(readdirSync(sessions)).toEqual(["session-a"]);
  });

  it("has nothing to do where there is no session yet", () => {
    expect(expire("2026-01-03T00:00:00.000Z")).toEqual([]);
  });
});
