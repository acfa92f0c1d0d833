/** The built `pm` with every kind of provider on the same sample project: the same work, the same evidence, and no key anywhere. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { FIXED_SLUG, NEW_TEST, PROMPT } from "../../packages/core/test/support/honest-script.ts";
import { filesHolding } from "../support/files-holding.ts";
import { LAUNCHER, resultOf } from "../support/run-pm.ts";
import { KEY, type ScriptedProviders, scriptedProviders } from "../support/scripted-providers.ts";
import { tempFolder } from "../support/temp-folder.ts";

/** The names of everything in a document; what they hold differs from run to run. */
function namesIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [namesIn(value[0])];
  if (value === null || typeof value !== "object") return "";
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, inner]) => [name, namesIn(inner)]));
}

function evidenceAt(path: string) {
  const lines = (name: string) =>
    readFileSync(join(path, name), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  return {
    events: lines("journal.jsonl").map(({ type }) => type),
    runs: lines("executor_runs.jsonl").map(namesIn),
    session: namesIn(JSON.parse(readFileSync(join(path, "session.json"), "utf8"))),
  };
}

it("brings the same task to COMPLETE with each, and leaves evidence of one shape and no key", async () => {
  const recording = join(tempFolder(), "recording.json");
  const ways: Readonly<Record<string, readonly string[]>> = {
    "claude-code": ["--provider", "claude-code"],
    anthropic: ["--provider", "anthropic", "--record", recording],
    openai: ["--provider", "openai"],
    acp: ["--provider", "zed"],
    replay: ["--recording", recording],
  };
  const evidence: Record<string, ReturnType<typeof evidenceAt>> = {};
  for (const [name, args] of Object.entries(ways)) {
    const { project, home, pm, server } = await scriptedProviders();
    const run = await pm("start", PROMPT, "--project", project, "--json", ...args);
    const result = resultOf(run);
    expect(result, name + run.stderr).toMatchObject({ overall_status: "COMPLETE", violations: [] });
    expect(readFileSync(join(project, "src/slug.js"), "utf8"), name).toBe(FIXED_SLUG);
    const verified = await pm("verify", result.session_id);
    expect(verified.stdout, name).toContain("VERIFIED");
    expect([verified.code, run.code], name).toEqual([0, 0]);
    expect([...filesHolding(project, KEY), ...filesHolding(home, KEY)], name).toEqual([]);
    expect(run.stdout + run.stderr + verified.stdout, name).not.toContain(KEY);
    const asked = server.requests.filter(({ index }) => index >= 0);
    expect(asked.length > 0, name).toBe(name !== "replay");
    expect(server.problems, name).toEqual([]);
    evidence[name] = evidenceAt(result.evidence_path);
  }
  expect(readFileSync(recording, "utf8")).not.toContain(KEY);
  for (const [name, found] of Object.entries(evidence)) expect(found, name).toEqual(evidence["claude-code"]);
}, 240_000);

/** Types lines into `pm repl`, which is no terminal here. */
function repl(
  { project, env }: ScriptedProviders,
  lines: readonly string[],
): Promise<[number | null, string]> {
  const child = spawn(process.execPath, [LAUNCHER, "repl"], {
    cwd: project,
    env: { PATH: process.env.PATH, ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let out = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      out += chunk;
    });
  }
  child.stdin.end(lines.map((line) => `${line}\n`).join(""));
  return new Promise((resolve) => child.on("close", (code) => resolve([code, out])));
}

it("switches between them in the REPL, from one task to the next", async () => {
  const trims = `${NEW_TEST}test("slug trims", () => assert.equal(slug(" A "), "a"));\n`;
  const second = {
    "test/empty.test.js": trims,
    "src/slug.js": FIXED_SLUG.replace("text.", "text.trim()."),
  };
  const scripted = await scriptedProviders(({ path }) =>
    path === "/v1/responses" ? second : { "test/empty.test.js": NEW_TEST, "src/slug.js": FIXED_SLUG },
  );
  const [code, out] = await repl(scripted, [
    "/provider anthropic",
    PROMPT,
    "/provider openai",
    PROMPT,
    "/exit",
  ]);
  expect(code, out).toBe(0);
  expect(out.match(/^COMPLETE /gm), out).toHaveLength(2);
  expect(readFileSync(join(scripted.project, "src/slug.js"), "utf8")).toBe(second["src/slug.js"]);
  const paths = scripted.server.requests.filter(({ index }) => index >= 0).map(({ path }) => path);
  expect([...new Set(paths)]).toEqual(["/v1/messages", "/v1/responses"]);
  expect(paths).toEqual([...paths].sort());
  expect(out).not.toContain(KEY);
}, 120_000);
