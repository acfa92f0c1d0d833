import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createEngine } from "../../src/runner/create-engine.ts";
import type * as placeFile from "../../src/workspace/place-file.ts";
import { broken } from "../support/failing-disk.ts";
import { FIXED_SLUG, HONEST, PROMPT } from "../support/honest-script.ts";
import { makeProject, SAMPLE_FILES } from "../support/sample-project.ts";
import { createScriptedProvider } from "../support/scripted-provider.ts";

vi.mock("../../src/workspace/place-file.ts", async (original) => {
  const { failingDisk } = await import("../support/failing-disk.ts");
  return failingDisk(await original<typeof placeFile>());
});

const made: string[] = [];
afterEach(() => {
  broken.clear();
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

const tasks = [{ prompt: PROMPT, kind: "change" as const, scope: [], checks: [] }];

function setUp() {
  const project = makeProject();
  const home = mkdtempSync(join(tmpdir(), "pm-home-"));
  made.push(project, home);
  const provider = createScriptedProvider(HONEST);
  const newEngine = () => createEngine({ home, version: "0.0.0", providers: () => provider });
  const files = () => ({
    slug: readFileSync(join(project, "src/slug.js"), "utf8"),
    added: existsSync(join(project, "test/empty.test.js")),
  });
  return { project, provider, engine: newEngine(), newEngine, files };
}

const BEFORE = { slug: SAMPLE_FILES["src/slug.js"], added: false };
const AFTER = { slug: FIXED_SLUG, added: true };

/** The second file of the change can't be written. */
const failMidway = () => broken.set("test/empty.test.js", 0);
/** And the first can be changed once, but not back. */
const keepFirst = () => broken.set("src/slug.js", 1);

describe("a task whose landing fails", () => {
  it("leaves the project as it was, and lands without its agents once the project can be written", async () => {
    const { project, provider, engine, files } = setUp();
    failMidway();
    const result = await engine.start({ project, tasks });
    const { session_id: id } = result;
    const waits = {
      overall_status: "INCOMPLETE",
      next_action: `pm continue ${id}`,
      violations: [{ code: "E238", hint: `Make it writable, then: pm continue ${id}` }],
      tasks: [{ landed: false }],
    };
    expect(result).toMatchObject(waits);
    expect(files()).toEqual(BEFORE);
    await expect(engine.verify(id)).resolves.toMatchObject({ ok: true });
    expect(await engine.continueSession({ sessionId: id })).toMatchObject(waits);
    expect(files()).toEqual(BEFORE);
    const asked = provider.requests.length;
    broken.clear();
    expect(await engine.continueSession({ sessionId: id })).toMatchObject({
      overall_status: "COMPLETE",
      violations: [],
    });
    expect(files()).toEqual(AFTER);
    expect(provider.requests).toHaveLength(asked);
    await expect(engine.verify(id)).resolves.toMatchObject({ ok: true });
  });

  it("can be cancelled, and another task lands instead", async () => {
    const { project, engine, files } = setUp();
    failMidway();
    const { session_id: id } = await engine.start({ project, tasks });
    expect(await engine.cancel(id)).toMatchObject({ violations: [{ code: "E213" }] });
    expect(files()).toEqual(BEFORE);
    broken.clear();
    expect(await engine.start({ project, tasks })).toMatchObject({ overall_status: "COMPLETE" });
  });

  it("does not end while part of its change is in the project, whoever asks, and is finished later", async () => {
    const { project, engine, newEngine, files } = setUp();
    failMidway();
    keepFirst();
    const result = await engine.start({ project, tasks });
    const { session_id: id } = result;
    const waits = {
      overall_status: "INCOMPLETE",
      next_action: `pm continue ${id}`,
      violations: [{ code: "E239", message: expect.stringContaining("(src/slug.js)") }],
    };
    expect(result).toMatchObject(waits);
    expect(files()).toEqual({ slug: FIXED_SLUG, added: false });
    await expect(engine.verify(id)).resolves.toMatchObject({ ok: true });

    expect(await newEngine().status(id)).toMatchObject(waits);
    expect(await newEngine().continueSession({ sessionId: id })).toMatchObject(waits);
    const hint = expect.stringContaining(`pm continue ${id}`);
    await expect(newEngine().cancel(id)).rejects.toMatchObject({ code: "E239", hint });
    expect(await newEngine().status(id)).toMatchObject(waits);

    broken.clear();
    expect(await newEngine().continueSession({ sessionId: id })).toMatchObject({
      overall_status: "COMPLETE",
      violations: [],
    });
    expect(files()).toEqual(AFTER);
    await expect(engine.verify(id)).resolves.toMatchObject({ ok: true });
  });

  it("keeps another session from taking half of its change for the project, until it is settled", async () => {
    const { project, provider, engine, newEngine, files } = setUp();
    failMidway();
    keepFirst();
    const { session_id: half } = await engine.start({ project, tasks });
    const asked = provider.requests.length;
    const other = await newEngine().start({ project, tasks });
    expect(other).toMatchObject({
      overall_status: "INCOMPLETE",
      next_action: `pm continue ${other.session_id}`,
      violations: [{ code: "E239", hint: expect.stringContaining(`pm continue ${half}`) }],
    });
    expect(provider.requests).toHaveLength(asked);
    expect(files()).toEqual({ slug: FIXED_SLUG, added: false });

    broken.clear();
    // Its change is there now, so the same task has nothing left to do.
    expect(await newEngine().continueSession({ sessionId: other.session_id })).toMatchObject({
      overall_status: "NO_EVIDENCE",
    });
    expect(files()).toEqual(AFTER);
    expect(await newEngine().continueSession({ sessionId: half })).toMatchObject({
      overall_status: "COMPLETE",
    });
    await expect(engine.verify(half)).resolves.toMatchObject({ ok: true });
    await expect(engine.verify(other.session_id)).resolves.toMatchObject({ ok: true });
  });

  it("keeps others waiting where its own evidence is damaged, and lets them go on once it is gone", async () => {
    const { project, engine, newEngine } = setUp();
    failMidway();
    keepFirst();
    const { session_id: half } = await engine.start({ project, tasks });
    const folder = join(project, ".pm/sessions", half);
    appendFileSync(join(folder, "journal.jsonl"), "{}\n");
    const other = await newEngine().start({ project, tasks });
    expect(other).toMatchObject({ overall_status: "INCOMPLETE", violations: [{ code: "E239" }] });
    rmSync(folder, { recursive: true });
    broken.clear();
    const { violations } = await newEngine().start({ project, tasks });
    expect(violations.map(({ code }) => code)).not.toContain("E239");
  });

  it("is taken back by a cancellation that finds a landing half done", async () => {
    const { project, engine, files } = setUp();
    failMidway();
    keepFirst();
    const { session_id: id } = await engine.start({ project, tasks });
    broken.delete("src/slug.js");
    expect(await engine.cancel(id)).toMatchObject({ violations: [{ code: "E213" }] });
    expect(files()).toEqual(BEFORE);
  });
});
