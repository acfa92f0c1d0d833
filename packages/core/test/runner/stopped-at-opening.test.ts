import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { createEngine } from "../../src/runner/create-engine.ts";
import { newSessionId } from "../../src/runner/system-ports.ts";
import { HONEST, PROMPT } from "../support/honest-script.ts";
import { makeProject } from "../support/sample-project.ts";
import { createScriptedProvider } from "../support/scripted-provider.ts";

const made: string[] = [];
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

function setUp() {
  const project = makeProject({});
  const home = mkdtempSync(join(tmpdir(), "pm-home-"));
  made.push(project, home);
  const engine = createEngine({ home, version: "0.0.0", providers: () => createScriptedProvider(HONEST) });
  const sessionId = newSessionId();
  const dir = join(project, ".pm/sessions", sessionId);
  mkdirSync(dir, { recursive: true });
  const entry = { session_id: sessionId, project, opened_at: "2026-01-01T00:00:00.000Z" };
  writeFileSync(join(home, "sessions.jsonl"), `${JSON.stringify(entry)}\n`);
  return { project, engine, sessionId, dir };
}

const tasks = [{ prompt: PROMPT, kind: "change" as const, scope: [], checks: [] }];

describe("a session whose pm was stopped before its first line was on record", () => {
  it.each([
    { left: "an empty folder", journal: null },
    { left: "an empty journal", journal: "" },
    { left: "half a line", journal: '{"at":"2026-01-01T00:' },
  ])("is none, and can be begun: $left", async ({ journal }) => {
    const { project, engine, sessionId, dir } = setUp();
    if (journal !== null) writeFileSync(join(dir, "journal.jsonl"), journal);
    await expect(engine.status(sessionId)).rejects.toMatchObject({ code: "E203" });
    expect(await engine.sessions(project)).toEqual([]);
    const result = await engine.start({ project, sessionId, tasks });
    expect(result).toMatchObject({ session_id: sessionId, overall_status: "COMPLETE" });
    await expect(engine.verify(sessionId)).resolves.toMatchObject({ ok: true });
  });

  it("is not taken for what else stands in its place", async () => {
    const { project, engine, sessionId, dir } = setUp();
    rmSync(dir, { recursive: true });
    writeFileSync(dir, "a file");
    await expect(engine.status(sessionId)).resolves.toMatchObject({ overall_status: "INVALID" });
    await expect(engine.start({ project, sessionId, tasks })).rejects.toMatchObject({ code: "E301" });
    expect(readFileSync(dir, "utf8")).toBe("a file");
  });

  it("is not taken for one that lost its journal", async () => {
    const { project, engine, sessionId, dir } = setUp();
    writeFileSync(join(dir, "session.json"), "{}");
    await expect(engine.status(sessionId)).resolves.toMatchObject({ overall_status: "INVALID" });
    expect(await engine.sessions(project)).toMatchObject([{ overall_status: "INVALID" }]);
    await expect(engine.start({ project, sessionId, tasks })).rejects.toMatchObject({ code: "E301" });
    expect(readFileSync(join(dir, "session.json"), "utf8")).toBe("{}");
  });
});
