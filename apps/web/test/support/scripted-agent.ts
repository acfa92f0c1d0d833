/**
 * An agent that adds a function of the name that the prompt ends with, by real processes in the real isolation. Words of the
 * prompt make it behave otherwise: `wide` changes a file outside the scope, so that the task waits for an approval that accepts;
 * `slow` works until it is stopped; `broken` fails; `vague` plans nothing that could be used, so that only another run helps; `hostile` prints what a page must not obey.
 */
import { type AgentRunRequest, type AgentRunResult, blankRunRecord, type Provider } from "@pm/core";

const WRITER = `
const fs = require("node:fs"), path = require("node:path");
for (const [file, content] of Object.entries(JSON.parse(fs.readFileSync(0, "utf8")))) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
}`;

/** Markup, colours, a title change, a link, a bidi override and a clearing of the screen. */
export const HOSTILE =
  "<script>alert(1)</script><img src=x onerror=alert(1)> \u001b[31mred\u001b[0m \u001b]0;title\u0007 \u001b]8;;http://evil\u0007link\u001b]8;;\u0007 \u202egnp.exe\u202c \u001b[2J\u0000end";

const TEST = (name: string) => `import assert from "node:assert/strict";
import { test } from "node:test";
import { f } from "../src/${name}.js";

test("gives its name", () => assert.equal(f(), "${name}"));
`;

/** Without what may not stand in the name of a source file. */
const nameIn = (prompt: string) =>
  (prompt.trim().split(/\s+/).at(-1) ?? "f").replace(/[\u202a-\u202e\u2066-\u2069]/g, "");

function answerOf({ phase, task }: AgentRunRequest): unknown {
  if (phase === "REQUIREMENT_ANALYSIS") {
    const requirement = { id: "R1", statement: task.trim(), acceptance: "the function gives its name" };
    return { kind: "change", requirements: [requirement] };
  }
  if (phase === "TASK_DECOMPOSITION") {
    const subtask = {
      id: "S1",
      title: "Add it",
      instructions: "Add it.",
      requirements: ["R1"],
      depends_on: [],
    };
    return { subtasks: [subtask] };
  }
  if (phase !== "PLANNING") return undefined;
  if (/\bvague\b/.test(task)) return { scope: "anything" };
  const argv = ["node", "--test", `test/${nameIn(task)}.test.js`];
  return {
    scope: ["src/**", "test/**"],
    checks: [{ id: "C1", requirement: "R1", type: "command", argv }],
  };
}

function filesOf({ phase, task }: AgentRunRequest): Record<string, string> {
  if (phase !== "EXECUTION") return {};
  const name = nameIn(task);
  return {
    [`src/${name}.js`]: `export function f() {\n  return "${name}";\n}\n`,
    [`test/${name}.test.js`]: TEST(name),
    ...(/\bwide\b/.test(task) && { [`docs/${name}.md`]: "A note.\n" }),
  };
}

export function createScriptedAgent(): Provider {
  return {
    name: "scripted",
    check: async () => ({ version: "1", login: "none needed" }),
    async run(request) {
      const { task, phase, limits, signal } = request;
      const how = { limitMs: limits.seconds * 1000, idleMs: limits.idleSeconds * 1000, signal };
      const executing = phase === "EXECUTION";
      if (executing && /\bslow\b/.test(task)) {
        const slept = await request.exec({ ...how, argv: ["sleep", "600"] });
        if (slept.termination !== "exited") return done(request, slept.exitCode, slept.termination, true);
      }
      const stdin = JSON.stringify(filesOf(request));
      const wrote = await request.exec({ ...how, argv: [process.execPath, "-e", WRITER], stdin });
      return done(request, wrote.exitCode, wrote.termination, executing && /\bbroken\b/.test(task));
    },
  };
}

type Termination = AgentRunResult["record"]["termination"];

function done(
  request: AgentRunRequest,
  exitCode: number | null,
  termination: Termination,
  failed: boolean,
): AgentRunResult {
  const hostile = /\bhostile\b/.test(request.task) ? `${HOSTILE}\n` : "";
  return {
    structured: answerOf(request),
    text: `done\n${hostile}`,
    transcript: `${request.phase}: done\n${hostile}`,
    record: {
      ...blankRunRecord(null),
      tool_calls: Object.keys(filesOf(request)).length,
      ...{
        exit_code: failed ? 1 : exitCode,
        termination,
        result_events: 1,
        is_error: failed,
        outcome: "success",
      },
    },
  };
}
