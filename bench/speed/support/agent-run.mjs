// One run of an agent on a scripted model, in the isolation of this machine, in a process of its own. Prints its record, the
// greatest resident set of the process, in kB, and how long the run took without the start of this process, in ms.
// Usage: node agent-run.mjs <own | path of Claude Code> <url of the model> <workspace> <home> <prompt>
import { chooseIsolation, createSpending } from "../../../packages/core/dist/index.js";
import { createAnthropicProvider, createClaudeCodeProvider } from "../../../packages/providers/dist/index.js";

const [, , agent, url, workspace, home, prompt] = process.argv;
const redactor = { redact: (text) => text };
const isolation = await chooseIsolation({ required: false });
// Finds out what this machine's sandbox can do, once for a process.
isolation.prepare?.(home);
const provider =
  agent === "own"
    ? createAnthropicProvider({
        endpoint: {
          provider: "anthropic",
          api: "anthropic",
          baseUrl: url,
          key: "sk-ant-bench",
          keyless: false,
        },
        keySource: "bench",
        redactor,
        maxTurns: 1000,
      })
    : createClaudeCodeProvider({
        command: [agent],
        env: { PATH: process.env.PATH, ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: "sk-ant-bench" },
        homeDir: home,
        redactor,
      });
const begun = performance.now();
const { record } = await provider.run({
  ...{ sessionId: "bench", taskId: "bench", runId: "bench", phase: "EXECUTION", subtaskId: "S1" },
  ...{ attempt: 1, prompt, task: prompt, access: "write", output: null, model: null },
  workspace: { path: workspace, hostDir: workspace },
  stateDir: home,
  limits: { seconds: 600, idleSeconds: 60 },
  spending: createSpending(null, 0),
  signal: new AbortController().signal,
  exec: ({ readable, ...spec }) =>
    isolation.run(
      {
        dir: workspace,
        mountAt: workspace,
        access: "write",
        dependencies: [],
        home,
        readable: readable ?? [],
      },
      spec,
    ),
  onActivity() {},
});
const ms = performance.now() - begun;
process.stdout.write(JSON.stringify({ record, rssKb: process.resourceUsage().maxRSS, ms }));
