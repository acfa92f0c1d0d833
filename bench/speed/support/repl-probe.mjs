// Loaded into `pm repl` by `node --import` for the bench: writes what CPU the process has used when the prompt is first on the
// screen and, where PM_BENCH_IDLE_MS is set, what it uses in that time once it has come to rest. It then ends the process.
import { writeFileSync } from "node:fs";

const target = process.env.PM_BENCH_PROBE;
const idle = Number(process.env.PM_BENCH_IDLE_MS ?? 0);
// V8 tidies its heap once, some eight seconds after a program has come to rest.
const SETTLE_MS = 15_000;
const total = ({ user, system }) => (user + system) / 1000;

const write = process.stdout.write;
process.stdout.write = function (...args) {
  const result = write.apply(this, args);
  if (String(args[0]).includes("›")) {
    process.stdout.write = write;
    atPrompt(total(process.cpuUsage()));
  }
  return result;
};

/** @param {number} promptMs */
function atPrompt(promptMs) {
  if (idle === 0) return finish({ promptMs });
  setTimeout(() => {
    const from = process.cpuUsage();
    const since = performance.now();
    setTimeout(() => {
      const idleMs = total(process.cpuUsage(from));
      finish({ promptMs, idleShare: idleMs / (performance.now() - since) });
    }, idle);
  }, SETTLE_MS);
}

function finish(found) {
  writeFileSync(target, JSON.stringify(found));
  process.exit(0);
}
