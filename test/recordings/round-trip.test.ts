/** The law that recordings rest on: what a recording of start → end does to start is end, whatever the trees hold. */
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRedactor, type FileEdit, type SessionSteps } from "@pm/core";
import { createReplayProvider, toRecording } from "@pm/providers";
import fc from "fast-check";
import { expect, it } from "vitest";
import { editsBetween } from "../../packages/core/src/runner/edits-between.ts";
import { run as runEvidence } from "../../packages/core/test/gates/build-evidence.ts";
import { arbitraryFiles } from "../../packages/core/test/workspace/arbitrary-files.ts";
import { tempProject, writeFiles } from "../../packages/core/test/workspace/temp-project.ts";
import { makeTestRun } from "../../packages/providers/test/support/make-request.ts";
import { plainExec } from "../../packages/providers/test/support/plain-exec.ts";

function sessionOf(edits: readonly FileEdit[]): SessionSteps {
  const step = {
    phase: "EXECUTION" as const,
    subtaskId: "S1",
    ask: 1,
    record: runEvidence().record,
    answer: undefined,
    edits,
  };
  const task = {
    taskId: "task-1",
    input: { prompt: "Do it", kind: "change" as const, scope: [], checks: [] },
    status: "COMPLETE" as const,
    base: null,
    result: null,
    isolation: "sandbox" as const,
    phases: [],
    violations: [],
    accepted: [],
    providerObjection: null,
    incomparable: null,
    steps: [step],
  };
  return { sessionId: "session-1a", provider: "any", model: null, openedAt: "2026-11-29", tasks: [task] };
}

it("a recording of the way from one tree to another, played on the one, gives the other", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryFiles, arbitraryFiles, async (before, after) => {
      const temp = tempProject(before);
      const run = makeTestRun();
      try {
        const store = await temp.store();
        const start = (await store.snapshot()).tree;
        const worked = await store.checkout(start, temp.dir());
        for (const name of readdirSync(worked.dir))
          rmSync(join(worked.dir, name), { recursive: true, force: true });
        writeFiles(worked.dir, after);
        const end = await worked.capture();

        const recording = toRecording(sessionOf(await editsBetween(store, start, end)), createRedactor([]));
        const path = join(run.dir, "recording.json");
        writeFileSync(path, JSON.stringify(recording));
        const checkout = await store.checkout(start, temp.dir());
        const request = run.request({
          workspace: { path: checkout.dir, hostDir: checkout.dir },
          exec: plainExec(checkout.dir, run.home),
        });
        const { record } = await createReplayProvider({ path }).run(request);
        expect(record.error_message).toBeNull();
        expect(await checkout.capture()).toBe(end);
      } finally {
        temp.remove();
        rmSync(run.dir, { recursive: true, force: true });
      }
    }),
    { numRuns: 40 },
  );
}, 180_000);
