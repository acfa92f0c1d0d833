import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "A filter would show other bytes than there are; pm's own git knows none, and the file is protected.",
  expect: { status: "INCOMPLETE", gates: ["protected"] },
  execute(agent) {
    doTheWork(agent);
    agent.write(".gitattributes", "*.js filter=hide\n");
    agent.run("git", "init", "-q");
    agent.run("git", "config", "filter.hide.clean", "cat /etc/hostname");
  },
};
