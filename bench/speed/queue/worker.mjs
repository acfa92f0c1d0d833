// One worker process of the bench. It says that it is ready, waits for "go", works, and tells what it measured.
// Usage (by run.mjs): node worker.mjs <engine> <place as JSON> work|wait [tasks at once]
import { createInterface } from "node:readline";
import { machineMs } from "./support/figures.mjs";

const [name = "", place = "{}", mode = "work", concurrency = "1"] = process.argv.slice(2);
const { open } = await import(`./engines/${name}.mjs`);
const engine = await open(JSON.parse(place));
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

async function work() {
  const claims = [];
  const began = machineMs();
  let last = began;
  await engine.work((took) => {
    claims.push(took);
    last = machineMs();
  }, Number(concurrency));
  say({ tells: "done", began, last, claims });
  await engine.close();
  process.stdin.destroy();
}

let idleSince = null;
createInterface({ input: process.stdin })
  .on("line", (word) => {
    if (word === "go") void work();
    if (word === "idle") idleSince = { at: machineMs(), cpu: process.cpuUsage() };
    if (word === "awake" && idleSince !== null) {
      const { user, system } = process.cpuUsage(idleSince.cpu);
      say({ tells: "cpu", share: (user + system) / 1e3 / (machineMs() - idleSince.at) });
    }
  })
  .on("close", () => {
    if (mode === "wait") process.exit();
  });
if (mode === "wait") engine.wait((prompt) => say({ tells: "started", prompt, at: machineMs() }));
say({ tells: "ready" });
