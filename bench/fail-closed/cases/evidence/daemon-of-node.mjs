import { spawn } from "node:child_process";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "The same by a process that nobody waits for.",
  expect: { status: "INVALID", gates: ["escape"] },
  execute(agent) {
    doTheWork(agent);
    spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"], {
      detached: true,
      stdio: "ignore",
    }).unref();
  },
};
