import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { type RecordedSession, recordedSession } from "../../../../../test/support/recorded-session.ts";
import { createLazyServices } from "../../../src/lazy-services.ts";
import { createProgram } from "../../../src/program.ts";
import { createFakeIo } from "../../fake-io.ts";
import { PROMPT } from "../controller/repl-bench.ts";

/** Types lines into `pm repl` on a project where every task is played from a recording. */
async function repl(session: RecordedSession, lines: readonly string[], args: readonly string[] = []) {
  const provider = `replay:${join(session.folder, "recording.json")}`;
  writeFileSync(join(session.project, ".claude", "repl.json"), JSON.stringify({ provider }));
  const io = createFakeIo({
    stdin: { kind: "pipe", text: lines.map((line) => `${line}\n`).join("") },
    env: { PATH: process.env.PATH ?? "", ...session.env },
    cwd: session.project,
  });
  const services = createLazyServices(io.env, "0.0.0");
  onTestFinished(() => services.close());
  const code = await createProgram({ io, version: "0.0.0", services }).run(["repl", ...args]);
  return { code, out: io.out(), err: io.err(), io };
}

const BROKEN_QA = {
  ".claude/settings.json": JSON.stringify({ qa: { commands: [["node", "-e", "process.exit(3)"]] } }),
};

describe("pm repl without a terminal", () => {
  it("runs the lines in order, waits for each task, and prints no escape code", async () => {
    const { code, out, err, io } = await repl(recordedSession(), ["/start", PROMPT, "/status", "/diff"]);
    expect(code).toBe(0);
    expect(err).toBe("");
    expect(out).not.toMatch(/\u001b/);
    const order = ["> /start", `> ${PROMPT}`, "✓ REPORT passed", "> /status", "> /diff", "+++ b/src/slug.js"];
    const found = order.map((text) => out.indexOf(text));
    expect(found).toEqual([...found].sort((a, b) => a - b));
    expect(found).not.toContain(-1);
    expect(io.listeners()).toBe(0);
  });

  it("approves what can be approved, and shows what that is", async () => {
    const { out } = await repl(recordedSession(BROKEN_QA), [PROMPT, "/approve", "/status"]);
    expect(out).toMatch(/Approval for session-\S+, task-1/);
    expect(out).toMatch(/digest [0-9a-f]{64}/);
    expect(out).toMatch(/Approved: task-1[\s\S]*Go on: \/continue session-/);
  });

  it("ends with 1 where a line ended in an error, and goes on after it", async () => {
    const { code, out } = await repl(recordedSession(), ["/nope", "/help"]);
    expect(code).toBe(1);
    expect(out).toContain("E114");
    expect(out).toContain("/continue <id>");
  });

  it("ends at /exit and reads no further", async () => {
    const { code, out } = await repl(recordedSession(), ["/exit", "/nope"]);
    expect(code).toBe(0);
    expect(out).toBe("> /exit\n");
  });

  it("makes a project out of a folder: that there is none yet is no error", async () => {
    const session = recordedSession();
    const folder = mkdtempSync(join(tmpdir(), "pm-repl-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const env = { ...session.env, ANTHROPIC_API_KEY: "sk-ant-test" };
    const args = ["--project", folder, "--no-worker"];
    const { code, out } = await repl({ ...session, env }, ["/init", "/start"], args);
    expect(out).toMatch(/Type \/init to make this a project[\s\S]*Initialised[\s\S]*INCOMPLETE {2}session-/);
    expect(code).toBe(0);
  });

  it("waits for no task that it does not run itself", async () => {
    const { code, out } = await repl(recordedSession(), [PROMPT, "/status"], ["--no-worker"]);
    expect(code).toBe(0);
    expect(out).toContain("waits for a worker");
    expect(out).toContain("E442");
  });

  it("takes no --json, and no folder that is not there", async () => {
    const session = recordedSession();
    expect((await repl(session, [], ["--json"])).code).toBe(2);
    const missing = await repl(session, [], ["--project", join(session.folder, "none")]);
    expect(missing).toMatchObject({ code: 1, err: expect.stringContaining("E101") });
  });
});
