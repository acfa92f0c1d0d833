import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { makeScratch } from "../../src/runner/make-scratch.ts";

it("is an error of the registry where the folder for the work can't be made", async () => {
  const project = mkdtempSync(join(tmpdir(), "pm-scratch-"));
  onTestFinished(() => rmSync(project, { recursive: true, force: true }));
  mkdirSync(join(project, ".pm"));
  writeFileSync(join(project, ".pm/work"), "no folder");
  await expect(makeScratch(project, "session-1a2b3c")).rejects.toMatchObject({
    name: "RunnerError",
    code: "E102",
  });
});
