import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { createEngine } from "../../src/runner/create-engine.ts";
import { FIXED_SLUG, HONEST, NEW_TEST, PROMPT } from "../support/honest-script.ts";
import { makeProject } from "../support/sample-project.ts";
import { createScriptedProvider } from "../support/scripted-provider.ts";

const HOUR_MS = 3_600_000;

const made: string[] = [];
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

/** A session that waits for a person's word on a file out of scope, and a clock that can be put forward. */
async function waiting() {
  const project = makeProject({});
  const home = mkdtempSync(join(tmpdir(), "pm-home-"));
  made.push(project, home);
  let ahead = 0;
  const writes = { "src/slug.js": FIXED_SLUG, "test/empty.test.js": NEW_TEST, "docs/note.md": "x\n" };
  const provider = createScriptedProvider({ ...HONEST, EXECUTION: { writes } });
  const engine = createEngine({
    ...{ home, version: "0.0.0", providers: () => provider },
    clock: { now: () => new Date(Date.now() + ahead), monotonic: () => performance.now() },
  });
  const tasks = [{ prompt: PROMPT, kind: "change" as const, scope: [], checks: [] }];
  const { session_id: sessionId, overall_status } = await engine.start({ project, tasks });
  expect(overall_status).toBe("INCOMPLETE");
  const approve = async () => {
    const { digest } = await engine.approvalView(sessionId);
    await engine.approve({ sessionId, digest, note: "wanted" });
    return digest;
  };
  return {
    ...{ project, engine, sessionId, approve },
    wait: (hours: number) => {
      ahead += hours * HOUR_MS;
    },
  };
}

describe("an approval", () => {
  it("holds for a day", async () => {
    const { engine, sessionId, approve, wait } = await waiting();
    await approve();
    wait(23.9);
    expect(await engine.continueSession({ sessionId })).toMatchObject({ overall_status: "COMPLETE" });
  });

  it("is void where it was not used by then, lands nothing, and can be given again", async () => {
    const { project, engine, sessionId, approve, wait } = await waiting();
    const seen = await approve();
    wait(24.1);
    await expect(engine.continueSession({ sessionId })).rejects.toMatchObject({
      code: "E205",
      message: expect.stringContaining("was not used by"),
      data: { expired: expect.any(String) },
    });
    expect(existsSync(join(project, "docs/note.md"))).toBe(false);
    expect(await engine.status(sessionId)).toMatchObject({
      overall_status: "INCOMPLETE",
      next_action: `pm approve ${sessionId}`,
    });
    expect((await engine.approvalView(sessionId)).digest).toBe(seen);

    await approve();
    const last = await engine.continueSession({ sessionId });
    expect(last.overall_status).toBe("COMPLETE");
    await expect(engine.verify(sessionId)).resolves.toMatchObject({ ok: true });
    const { approvals } = await engine.taskView(sessionId, "task-1");
    expect(approvals.map(({ expired }) => expired)).toEqual([true, false]);
    // What was void is no reason for the result.
    const report = JSON.parse(readFileSync(join(last.evidence_path, "report.json"), "utf8"));
    expect(report.approvals).toHaveLength(1);
  });

  it("that was used does not expire afterwards", async () => {
    const { engine, sessionId, approve, wait } = await waiting();
    await approve();
    await engine.continueSession({ sessionId });
    wait(48);
    await expect(engine.continueSession({ sessionId })).rejects.toMatchObject({ code: "E204" });
    expect(await engine.status(sessionId)).toMatchObject({ overall_status: "COMPLETE" });
  });
});
