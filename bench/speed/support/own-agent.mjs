// One bare run of our own agent on a scripted model, in the isolation of this machine, as a process of its own. Prints its
// record and the greatest resident set of the process, in kB.
// Usage: node own-agent.mjs <url of the model> <workspace> <home> <prompt>
import { chooseIsolation, createSpending } from "../../../packages/core/dist/index.js";
import { createAnthropicProvider } from "../../../packages/providers/dist/index.js";

const [, , url, workspace, home, prompt] = process.argv;
const isolation = await chooseIsolation({ required: false });
const provider = createAnthropicProvider({
  endpoint: { provider: "anthropic", api: "anthropic", baseUrl: url, key: "sk-ant-bench", keyless: false },
  keySource: "bench",
  redactor: { redact: (text) => text },
  maxTurns: 1000,
});
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
process.stdout.write(JSON.stringify({ record, rssKb: process.resourceUsage().maxRSS }));
