/** The built `pm`, a real agent over ACP, a scripted model on loopback: one task through all phases. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import {
  FIXED_SLUG,
  NEW_TEST,
  PLAN,
  PROMPT,
  REQUIREMENTS,
  SUBTASKS,
} from "../../packages/core/test/support/honest-script.ts";
import { makeProject } from "../../packages/core/test/support/sample-project.ts";
import { filesHolding } from "../support/files-holding.ts";
import { startMessagesServer } from "../support/messages-server/server.mjs";
import { whereIn } from "../support/messages-server/seven-phases.mjs";
import * as turn from "../support/messages-server/turns.mjs";
import { REAL_CLAUDE, resultOf, runPm } from "../support/run-pm.ts";

const KEY = "sk-ant-api03-canary-0123456789abcdef";
const ANSWERS: Readonly<Record<string, unknown>> = {
  REQUIREMENT_ANALYSIS: REQUIREMENTS,
  TASK_DECOMPOSITION: SUBTASKS,
  PLANNING: PLAN,
};

it("brings an honest run of an agent over ACP to COMPLETE, and leaves the key nowhere", async () => {
  const project = makeProject();
  const home = mkdtempSync(join(tmpdir(), "pm-home-"));
  const work = [
    turn.tool("Write", { file_path: join(project, "test/empty.test.js"), content: NEW_TEST }),
    turn.tool("Read", { file_path: join(project, "src/slug.js") }),
    turn.tool("Edit", {
      file_path: join(project, "src/slug.js"),
      old_string: '  if (text === "") throw new Error("empty");\n',
      new_string: "",
    }),
  ];
  const server = await startMessagesServer(({ body }) => {
    const { phase, said } = whereIn(body?.messages ?? []);
    if (phase === "EXECUTION") return work[said] ?? turn.text("Done.");
    return turn.text(JSON.stringify(ANSWERS[phase] ?? {}));
  });
  onTestFinished(async () => {
    await server.close();
    for (const dir of [project, home]) rmSync(dir, { recursive: true, force: true });
  });
  mkdirSync(join(home, "pm"));
  const zed = {
    type: "acp",
    command: [join(dirname(REAL_CLAUDE), "claude-code-acp")],
    env: { CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1" },
    endpoint: {
      url: server.url,
      url_env: "ANTHROPIC_BASE_URL",
      key_env: "ANTHROPIC_API_KEY",
      key: "anthropic",
    },
  };
  writeFileSync(join(home, "pm/config.json"), JSON.stringify({ providers: { zed } }), { mode: 0o600 });
  const env = { HOME: home, PM_HOME: join(home, "pm"), ANTHROPIC_API_KEY: KEY };
  const run = await runPm(["start", PROMPT, "--project", project, "--provider", "zed", "--json"], env);
  expect(resultOf(run), run.stderr).toMatchObject({ overall_status: "COMPLETE", violations: [] });
  expect(readFileSync(join(project, "src/slug.js"), "utf8")).toBe(FIXED_SLUG);
  expect([...filesHolding(project, KEY), ...filesHolding(home, KEY)]).toEqual([]);
}, 120_000);
