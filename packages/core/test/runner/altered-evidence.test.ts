import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { createEngine } from "../../src/runner/create-engine.ts";
import { HONEST, PROMPT } from "../support/honest-script.ts";
import { makeProject, SAMPLE_FILES } from "../support/sample-project.ts";
import { type Act, createScriptedProvider } from "../support/scripted-provider.ts";

const made: string[] = [];
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

/** Runs an honest task while `alter` gets at the session's folder in the middle of EXECUTION. */
async function runWhile(alter: (sessionDir: string) => void) {
  const project = makeProject();
  const home = mkdtempSync(join(tmpdir(), "pm-home-"));
  made.push(project, home);
  const sessions = join(project, ".pm", "sessions");
  const before = () => alter(join(sessions, readdirSync(sessions)[0] ?? ""));
  const provider = createScriptedProvider({
    ...HONEST,
    EXECUTION: { ...(HONEST.EXECUTION as Act), before },
  });
  const engine = createEngine({ home, version: "0.0.0", providers: () => provider });
  const tasks = [{ prompt: PROMPT, kind: "change" as const, scope: [], checks: [] }];
  const result = await engine.start({ project, tasks });
  return { result, engine, slug: readFileSync(join(project, "src/slug.js"), "utf8") };
}

describe("evidence that something else alters while pm runs", () => {
  it.each<[string, (dir: string) => void]>([
    ["a line added to the journal", (dir) => appendFileSync(join(dir, "journal.jsonl"), '{"seq":99}\n')],
    [
      "a letter of the journal changed",
      (dir) => {
        const journal = join(dir, "journal.jsonl");
        writeFileSync(journal, readFileSync(journal, "utf8").replace("Make `slug`", "Take `slug`"));
      },
    ],
    ["the blobs deleted", (dir) => rmSync(join(dir, "blobs"), { recursive: true })],
    ["a file of its own put beside", (dir) => writeFileSync(join(dir, "approval.json"), "{}")],
  ])("is INVALID and lands nothing: %s", async (_, alter) => {
    const { result, engine, slug } = await runWhile(alter);
    expect(result.overall_status).toBe("INVALID");
    expect(result.violations.some(({ status }) => status === "INVALID")).toBe(true);
    expect(slug).toBe(SAMPLE_FILES["src/slug.js"]);
    expect(await engine.verify(result.session_id)).toMatchObject({ ok: false, overall_status: "INVALID" });
  });
});

describe("a journal that was rolled back when pm had ended", () => {
  it.each<[string, (text: string) => string]>([
    ["to an earlier line", (text) => `${text.split("\n").slice(0, 20).join("\n")}\n`],
    ["into the middle of a line", (text) => text.slice(0, -300)],
  ])("is INVALID for pm status, too: %s", async (_, rollBack) => {
    const { result, engine } = await runWhile(() => {});
    expect(result.overall_status).toBe("COMPLETE");
    const journal = join(result.evidence_path, "journal.jsonl");
    writeFileSync(journal, rollBack(readFileSync(journal, "utf8")));
    expect(await engine.status(result.session_id)).toMatchObject({
      overall_status: "INVALID",
      violations: [{ code: "E302", message: expect.stringContaining("session.json names line") }],
    });
  });
});

describe("a blob that was altered when pm had ended", () => {
  it.each<[string, (file: string) => void, string]>([
    ["another text", (file) => writeFileSync(file, "# pass 86\n"), "E303"],
    ["none at all", (file) => rmSync(file), "E301"],
  ])("is INVALID for pm status, too: %s", async (_, alter, code) => {
    const { result, engine } = await runWhile(() => {});
    expect(await engine.status(result.session_id)).toMatchObject({ overall_status: "COMPLETE" });
    const blobs = join(result.evidence_path, "blobs");
    const [file] = readdirSync(blobs, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    alter(join(file?.parentPath ?? "", file?.name ?? ""));
    expect(await engine.status(result.session_id)).toMatchObject({
      overall_status: "INVALID",
      violations: [{ code }],
    });
  });
});
