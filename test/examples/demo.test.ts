import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { build, repository } from "../support/repository.ts";
import { tempFolder } from "../support/temp-folder.ts";

const demo = (temp: string, ...args: string[]) =>
  spawnSync(process.execPath, [join(repository, "scripts", "demo.mjs"), ...args], {
    cwd: repository,
    encoding: "utf8",
    env: { ...process.env, TMPDIR: temp },
  });

it("the demo ends COMPLETE, with a verified session and the change in the working tree", () => {
  build("pm-orchestrator-runner");
  const { status, stdout, stderr } = demo(tempFolder());
  expect(status, stderr).toBe(0);
  expect(stdout).toContain("The agent's answers are a recording");
  expect(stdout).toContain('"overall_status": "COMPLETE"');
  expect(stdout).toContain("VERIFIED");
  expect(stdout).toMatch(/src\/slugger\.js\s+\| /);
}, 180_000);

it("the demo fails where the session does not end COMPLETE", () => {
  build("pm-orchestrator-runner");
  const temp = tempFolder();
  const recording = join(temp, "recording.json");
  const shipped = readFileSync(join(repository, "examples", "recordings", "slug-library.json"), "utf8");
  writeFileSync(recording, shipped.replace("while (taken.has(numbered(text, count))) count += 1;", ""));
  const { status, stderr } = demo(temp, recording);
  expect(status).toBe(1);
  expect(stderr).toContain("not COMPLETE");
}, 180_000);
