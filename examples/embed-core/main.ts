// @pm/core in a program of your own, with a provider of your own: node main.js <project>
import { homedir } from "node:os";
import { join } from "node:path";
import { type AgentPhase, blankRunRecord, createEngine, type Provider } from "@pm/core";

const answers: Partial<Record<AgentPhase, unknown>> = {
  REQUIREMENT_ANALYSIS: {
    kind: "change",
    requirements: [
      { id: "R1", statement: "src/index.js exports `VERSION`.", acceptance: "A test imports it." },
    ],
  },
  TASK_DECOMPOSITION: {
    subtasks: [
      { id: "S1", title: "VERSION", instructions: "Export it.", requirements: ["R1"], depends_on: [] },
    ],
  },
  PLANNING: {
    scope: ["src/index.js", "test/version.test.js"],
    checks: [
      { id: "C1", requirement: "R1", type: "command", argv: ["node", "--test", "test/version.test.js"] },
    ],
  },
};
// Where a real provider would start its agent. What runs here runs in the sandbox, and is not believed either.
const edits = `import { appendFileSync, writeFileSync } from "node:fs";
appendFileSync("src/index.js", 'export const VERSION = "1.4.0";\\n');
writeFileSync("test/version.test.js", \`import assert from "node:assert/strict";
import { test } from "node:test";
import { VERSION } from "../src/index.js";
test("the version is exported", () => assert.equal(VERSION, "1.4.0"));
\`);`;

const scripted: Provider = {
  name: "scripted",
  check: async () => ({ version: "1.0.0", login: "none needed" }),
  async run({ phase, limits, signal, exec }) {
    const argv = ["node", "--input-type=module", "-e", phase === "EXECUTION" ? edits : ""] as const;
    const ran = await exec({ argv: [...argv], limitMs: limits.seconds * 1000, signal });
    const good = ran.termination === "exited" && ran.exitCode === 0;
    const facts = { exit_code: ran.exitCode, termination: ran.termination, duration_ms: ran.durationMs };
    const ending = { result_events: 1, is_error: !good, tool_calls: 1, outcome: good ? "success" : "failed" };
    const record = { ...blankRunRecord("1.0.0"), ...facts, ...ending };
    return { record, structured: answers[phase], text: "done", transcript: ran.stdout.head.toString("utf8") };
  },
};

const home = process.env.PM_HOME ?? join(homedir(), ".pm-orchestrator-runner");
const engine = createEngine({ home, version: "0.1.0", providers: () => scripted });
const task = {
  prompt: "Export `VERSION` from src/index.js.",
  kind: "change",
  scope: [],
  checks: [],
} as const;
const result = await engine.start({ project: process.argv[2] ?? ".", tasks: [task] });
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
process.exitCode = result.overall_status === "COMPLETE" ? 0 : 1;
