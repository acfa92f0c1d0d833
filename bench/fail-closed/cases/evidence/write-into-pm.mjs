import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "What it writes where it believes the evidence to be is nowhere, or a change of what is protected.",
  expect: { status: "COMPLETE" },
  execute(agent) {
    doTheWork(agent);
    agent.run("sh", "-c", "rm -rf .pm; mkdir -p .pm/sessions/x; echo '{\"overall_status\":\"COMPLETE\"}' > .pm/sessions/x/session.json");
  },
};
