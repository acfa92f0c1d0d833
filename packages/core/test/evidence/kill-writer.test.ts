import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRedactor } from "../../src/evidence/redactor.ts";
import { openSessionEvidence } from "../../src/evidence/session-evidence.ts";
import { verifySession } from "../../src/evidence/verify.ts";
import { buildScript } from "../support/build-script.ts";
import { SESSION_ID } from "./build-session.ts";

let root: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "pm-kill-"));
  await buildScript(new URL("./write-until-killed.ts", import.meta.url), root);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const verify = (dir: string) => verifySession(dir, { deriveOutcome: () => null });

describe("a writer that is killed", () => {
  it("leaves evidence that verifies, and that the next one goes on with", { timeout: 120_000 }, async () => {
    const dir = join(root, ".pm", "sessions", SESSION_ID);
    let lines = 0;
    for (let round = 0; round < 15; round++) {
      const writer = spawn(process.execPath, [join(root, "write-until-killed.mjs"), dir], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      await once(writer.stdout, "data");
      await sleep(Math.random() * 60);
      writer.kill("SIGKILL");
      await once(writer, "exit");
      const report = verify(dir);
      if (report.lines > 0) expect(report.problems).toEqual([]);
      expect(report.lines).toBeGreaterThanOrEqual(lines);
      lines = report.lines;
    }
    expect(lines).toBeGreaterThan(15);
    const evidence = openSessionEvidence(dir, {
      now: () => new Date(),
      compress: true,
      redactor: createRedactor([]),
    });
    evidence.writeProjections();
    evidence.close();
    const report = verify(dir);
    expect(report.problems).toEqual([]);
    expect(report.notes.filter((note) => !note.includes("named by no line"))).toEqual([]);
  });
});
