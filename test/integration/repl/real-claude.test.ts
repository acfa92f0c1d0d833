/** From a first start without a key to a task done by the pinned real Claude Code CLI, typed into a real terminal. */
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
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
} from "../../../packages/core/test/support/honest-script.ts";
import { makeProject } from "../../../packages/core/test/support/sample-project.ts";
import { filesHolding } from "../../support/files-holding.ts";
import { type MessagesServer, startMessagesServer } from "../../support/messages-server/server.mjs";
import { scriptPhases } from "../../support/messages-server/seven-phases.mjs";
import * as turn from "../../support/messages-server/turns.mjs";
import { LAUNCHER, REAL_CLAUDE } from "../../support/run-pm.ts";
import { openTmux } from "./support/tmux-terminal.ts";

const KEY = "sk-ant-api03-canary-0123456789abcdef";
const made: string[] = [];
let server: MessagesServer | undefined;
afterEach(async () => {
  await server?.close();
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
});

describe("pm repl with the real Claude Code", () => {
  it("asks for a key, takes it unseen, and goes the seed's whole way: /init, /start, task, /approve, /continue, /exit", async () => {
    // QA runs no test, so a person has to say whether the change is taken.
    const settings = { timeouts: { operation_timeout_seconds: 10 }, qa: { commands: [["node", "-e", "0"]] } };
    const project = makeProject({ ".claude/settings.json": JSON.stringify(settings) });
    const home = mkdtempSync(join(tmpdir(), "pm-home-"));
    made.push(project, home);
    const edit = {
      file_path: join(project, "src/slug.js"),
      old_string: '  if (text === "") throw new Error("empty");\n',
      new_string: "",
    };
    const execution = [
      turn.tool("Write", { file_path: join(project, "test/empty.test.js"), content: NEW_TEST }),
      turn.tool("Read", { file_path: edit.file_path }),
      turn.tool("Edit", edit),
    ];
    server = await startMessagesServer(
      scriptPhases({
        requirements: REQUIREMENTS,
        subtasks: SUBTASKS,
        plan: PLAN,
        execution: { S1: execution },
      }),
    );
    const terminal = openTmux({
      argv: [process.execPath, LAUNCHER, "repl"],
      env: {
        HOME: home,
        PM_HOME: join(home, "pm"),
        PM_CLAUDE_BIN: REAL_CLAUDE,
        ANTHROPIC_BASE_URL: server.url,
      },
      cwd: project,
      columns: 100,
    });
    await terminal.until("Key Setup Mode");
    await terminal.line(PROMPT);
    await terminal.untilAll("E503");
    await terminal.line(`/keys set anthropic ${KEY}`);
    await terminal.untilAll("Key Setup Mode is over");
    const config = join(home, "pm", "config.json");
    expect(statSync(config).mode & 0o777).toBe(0o600);
    await terminal.line("/keys");
    await terminal.untilAll("config.json");
    await terminal.line("/init");
    await terminal.untilAll("kept     .claude/settings.json");
    await terminal.line("/start");
    await terminal.untilAll("Type what is to be done");
    const session = /session-[0-9a-z]+/.exec(terminal.everything())?.[0] ?? "";
    await terminal.line(PROMPT);
    await terminal.untilAll("Why not COMPLETE", 60_000);
    await terminal.line("/status");
    await terminal.untilAll(/> \/status\n\s*INCOMPLETE {2}session-/);
    await terminal.line("/approve");
    await terminal.until("6 later");
    // A card is to be read first: it takes no key in its first moment.
    await new Promise((resolve) => setTimeout(resolve, 600));
    terminal.text("1");
    await terminal.untilAll("Approved: ");
    await terminal.line(`/continue ${session}`);
    await terminal.untilAll(new RegExp(`^COMPLETE {2}${session}`, "m"), 60_000);
    expect(readFileSync(join(project, "src/slug.js"), "utf8")).toBe(FIXED_SLUG);
    await terminal.line("/exit");
    expect(await terminal.ended()).toBe(0);
    expect(terminal.raw().includes(KEY)).toBe(false);
    expect([...filesHolding(project, KEY), ...filesHolding(home, KEY)]).toEqual([config]);
  }, 120_000);
});
