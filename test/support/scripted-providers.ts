/** Everything that the built `pm` needs to run any provider on one scripted model: a project, a home, keys and a config.json. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import {
  FIXED_SLUG,
  NEW_TEST,
  PLAN,
  REQUIREMENTS,
  SUBTASKS,
} from "../../packages/core/test/support/honest-script.ts";
import { makeProject } from "../../packages/core/test/support/sample-project.ts";
import { type MessagesServer, type ModelRequest, startMessagesServer } from "./messages-server/server.mjs";
import { whereIn } from "./messages-server/seven-phases.mjs";
import * as turn from "./messages-server/turns.mjs";
import { type PmRun, REAL_CLAUDE, runPm } from "./run-pm.ts";

/** The key of every provider. */
export const KEY = "sk-ant-api03-canary-0123456789abcdef";

export interface ScriptedProviders {
  readonly project: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  readonly server: MessagesServer;
  pm(...args: string[]): Promise<PmRun>;
}

const ANSWERS: Readonly<Record<string, unknown>> = {
  REQUIREMENT_ANALYSIS: REQUIREMENTS,
  TASK_DECOMPOSITION: SUBTASKS,
  PLANNING: PLAN,
};

/** @param work what the model has the agent write; the honest change of the sample project where it is missing */
export async function scriptedProviders(
  work: (request: ModelRequest) => Readonly<Record<string, string>> = () => HONEST_FILES,
): Promise<ScriptedProviders> {
  const project = makeProject();
  const home = mkdtempSync(join(tmpdir(), "pm-home-"));
  const server = await startMessagesServer((request) => answerOf(request, project, work(request)));
  onTestFinished(async () => {
    await server.close();
    for (const dir of [project, home]) rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
  });
  const pmHome = join(home, "pm");
  mkdirSync(pmHome, { mode: 0o700 });
  const zed = {
    type: "acp",
    command: [join(dirname(REAL_CLAUDE), "claude-code-acp")],
    env: { CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1" },
    endpoint: {
      url: server.url,
      url_env: "ANTHROPIC_BASE_URL",
      key_env: "ANTHROPIC_API_KEY",
      key: { env: "ZED_KEY" },
    },
  };
  writeFileSync(join(pmHome, "config.json"), JSON.stringify({ providers: { zed } }), { mode: 0o600 });
  const env = {
    HOME: home,
    PM_HOME: pmHome,
    PM_CLAUDE_BIN: REAL_CLAUDE,
    ANTHROPIC_BASE_URL: server.url,
    OPENAI_BASE_URL: `${server.url}/v1`,
    ANTHROPIC_API_KEY: KEY,
    OPENAI_API_KEY: KEY,
    ZED_KEY: KEY,
  };
  return { project, home, env, server, pm: (...args) => runPm(args, env) };
}

const HONEST_FILES = { "test/empty.test.js": NEW_TEST, "src/slug.js": FIXED_SLUG };

/** The same work by the tools that whoever asks has: Claude Code's, by itself or behind ACP, or those of our own agent. */
function answerOf(
  { body }: ModelRequest,
  project: string,
  files: Readonly<Record<string, string>>,
): turn.Turn {
  const { phase, said } = whereIn(body?.messages ?? body?.input ?? []);
  const tools = new Set((body?.tools ?? []).map(({ name }: { name: string }) => name));
  if (phase !== "EXECUTION") {
    const answer = ANSWERS[phase] ?? {};
    if (tools.has("StructuredOutput")) return turn.structured(answer);
    return tools.has("answer") ? turn.tool("answer", answer) : turn.text(JSON.stringify(answer));
  }
  const isClaude = tools.has("Write");
  const steps = Object.entries(files).flatMap(([path, content]) =>
    isClaude
      ? [
          turn.tool("Read", { file_path: join(project, path) }),
          turn.tool("Write", { file_path: join(project, path), content }),
        ]
      : [turn.tool("write", { path, content })],
  );
  return steps[said] ?? turn.text("Done.");
}
