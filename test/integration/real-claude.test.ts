/** The built `pm`, the pinned real Claude Code CLI, a scripted model on loopback: one task through all phases. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import {
  FIXED_SLUG,
  NEW_TEST,
  PLAN,
  PROMPT,
  REQUIREMENTS,
  SUBTASKS,
} from "../../packages/core/test/support/honest-script.ts";
import { makeProject } from "../../packages/core/test/support/sample-project.ts";
import type { MessagesServer, Script } from "../support/messages-server/server.mjs";
import { startMessagesServer } from "../support/messages-server/server.mjs";
import { scriptPhases } from "../support/messages-server/seven-phases.mjs";
import * as turn from "../support/messages-server/turns.mjs";
import { REAL_CLAUDE, resultOf, runPm } from "../support/run-pm.ts";

const KEY = "sk-ant-api03-canary-0123456789abcdef";
const made: string[] = [];
let server: MessagesServer | undefined;
afterEach(async () => {
  await server?.close();
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

type Turns = ReturnType<typeof turn.text>[];

async function setUp(
  execution: (project: string) => Turns,
  wrap: (script: Script & object) => Script = (script) => script,
) {
  const project = makeProject({ ".claude/settings.json": '{"timeouts":{"operation_timeout_seconds":10}}' });
  const home = mkdtempSync(join(tmpdir(), "pm-home-"));
  made.push(project, home);
  const script = scriptPhases({
    requirements: REQUIREMENTS,
    subtasks: SUBTASKS,
    plan: PLAN,
    execution: { S1: execution(project) },
  });
  server = await startMessagesServer(wrap(script));
  const env = {
    HOME: home,
    PM_HOME: join(home, "pm"),
    PM_CLAUDE_BIN: REAL_CLAUDE,
    ANTHROPIC_BASE_URL: server.url,
    ANTHROPIC_API_KEY: KEY,
  };
  return { project, start: () => runPm(["start", PROMPT, "--project", project, "--json"], env) };
}

const honest = (project: string): Turns => [
  turn.tool("Write", { file_path: join(project, "test/empty.test.js"), content: NEW_TEST }),
  turn.tool("Read", { file_path: join(project, "src/slug.js") }),
  turn.tool("Edit", {
    file_path: join(project, "src/slug.js"),
    old_string: '  if (text === "") throw new Error("empty");\n',
    new_string: "",
  }),
];

function survivors(word: string): string[] {
  return readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\u0000").includes(word);
    } catch {
      return false;
    }
  });
}

describe("pm start with the real Claude Code", () => {
  it("is COMPLETE where the API limits the rate for a moment", async () => {
    let limited = 2;
    const { start } = await setUp(honest, (script) => (request) => {
      limited -= 1;
      return limited >= 0
        ? turn.httpError(429, "slow down", { "retry-after": "0" })
        : (script as (r: typeof request) => Turns[number])(request);
    });
    expect(resultOf(await start()).overall_status).toBe("COMPLETE");
  }, 90_000);

  it.each<[string, Turns[number], string]>([
    ["API 401", turn.httpError(401), "E504"],
    ["API 500", turn.httpError(500), "E506"],
    ["a stream that always breaks off", turn.truncated(), "E506"],
    ["a hang", turn.hang("middle"), "E210"],
  ])(
    "ends ERROR on %s, and the project is untouched",
    async (_, answer, code) => {
      const { project, start } = await setUp(honest, () => () => answer);
      const run = await start();
      const result = resultOf(run);
      expect(result.overall_status).toBe("ERROR");
      expect(run.code).toBe(1);
      expect(result.violations.map((violation) => violation.code)).toContain(code);
      expect(readFileSync(join(project, "src/slug.js"), "utf8")).not.toBe(FIXED_SLUG);
    },
    120_000,
  );

  it("is INCOMPLETE where a tool was denied, though the CLI exits 0", async () => {
    const denied = turn.tool("Write", { file_path: "/etc/pm-test", content: "x" });
    const { start } = await setUp((project) => [...honest(project), denied]);
    const result = resultOf(await start());
    expect(result.overall_status).toBe("INCOMPLETE");
    expect(result.violations.map((violation) => violation.code)).toContain("E215");
  }, 90_000);

  it("is INVALID where a tool's process outlived the agent, and kills it", async () => {
    const background = turn.tool("Bash", { command: "setsid nohup sleep 7654 >/dev/null 2>&1 &" });
    const { start } = await setUp((project) => [...honest(project), background]);
    const result = resultOf(await start());
    expect(result.overall_status).toBe("INVALID");
    expect(result.violations.map((violation) => violation.code)).toContain("E306");
    expect(survivors("7654")).toEqual([]);
  }, 90_000);
});
