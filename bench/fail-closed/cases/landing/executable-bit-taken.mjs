import { chmodSync } from "node:fs";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "A script that may not be executed any more fails in a fresh checkout, as it would for the person.",
  expect: { status: "INCOMPLETE", gates: ["qa"] },
  settings: { qa: { commands: ["node --test", "./check.sh"] } },
  files: { "check.sh": "#!/bin/sh\ntest -f src/slug.js\n" },
  prepare: (project) => chmodSync(`${project}/check.sh`, 0o755),
  execute(agent) {
    doTheWork(agent);
    agent.run("chmod", "644", "check.sh");
  },
};
