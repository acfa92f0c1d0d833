import { symlinkSync } from "node:fs";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "A link that leads out of the project reads, and later writes, what is not its own.",
  expect: { status: "INVALID", gates: ["escape"] },
  execute(agent) {
    doTheWork(agent);
    symlinkSync("/etc/passwd", "src/users.txt");
  },
};
