// Loaded into `pm` by `node --import`: tells the greatest resident set of its process, in kB, at its end.
import { writeFileSync } from "node:fs";

const target = process.env.PM_BENCH_MEMORY;
process.on("exit", () => {
  if (target !== undefined) writeFileSync(target, String(process.resourceUsage().maxRSS));
});
