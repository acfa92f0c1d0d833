import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { createEngine } from "../../src/runner/create-engine.ts";
import { FIXED_SLUG, HONEST, NEW_TEST, PLAN, PROMPT } from "../support/honest-script.ts";
import { makeProject } from "../support/sample-project.ts";
import { createScriptedProvider } from "../support/scripted-provider.ts";

const made: string[] = [];
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

/** A check that runs the test `one` alone, in a file in which another test compares with literals. */
async function runOne(body: string) {
  const project = makeProject({});
  const home = mkdtempSync(join(tmpdir(), "pm-home-"));
  made.push(project, home);
  const argv = ["node", "--test", "--test-name-pattern=^one$", "test/empty.test.js"];
  const provider = createScriptedProvider({
    ...HONEST,
    PLANNING: { answer: { ...PLAN, checks: [{ id: "C1", requirement: "R1", type: "command", argv }] } },
    EXECUTION: {
      writes: {
        "src/slug.js": FIXED_SLUG,
        "test/empty.test.js": `${NEW_TEST}\ntest("one", (t) => { ${body} });\n`,
      },
    },
  });
  const engine = createEngine({ home, version: "0.0.0", providers: () => provider, secrets: [] });
  const result = await engine.start({
    project,
    tasks: [{ prompt: PROMPT, kind: "change", scope: [], checks: [] }],
  });
  const altered = readFileSync(join(result.evidence_path, "journal.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).event)
    .filter(({ type, id, on }) => type === "command.ran" && id === "C1" && on === "altered");
  const { ok } = await engine.verify(result.session_id);
  return { status: result.overall_status, altered, ok, reasons: JSON.stringify(result.violations) };
}

describe("a check that runs one test of a file", () => {
  it("is not held to what other tests of the file expect, and verifies", async () => {
    const { status, altered, ok } = await runOne(
      'if (slug("") !== String("")) throw new Error("not empty");',
    );
    expect(altered).toEqual([]);
    expect(status).toBe("COMPLETE");
    expect(ok).toBe(true);
  });

  it.each([
    [
      "swallows its comparison",
      'try { assert.equal(slug(""), ""); } catch { if (slug("").length > 0) throw new Error("broken"); }',
    ],
    [
      "skips itself where its comparison fails",
      'try { assert.equal(slug(""), ""); } catch { if (slug("").length > 0) throw new Error("broken"); t.skip(); }',
    ],
  ])("is refused where it %s", async (_, body) => {
    const { status, altered, ok, reasons } = await runOne(body);
    expect(altered).toMatchObject([{ exit_code: 0 }]);
    expect(status).toBe("INCOMPLETE");
    expect(reasons).toContain("passes whatever its tests expect");
    expect(ok).toBe(true);
  });
});
