import { doTheWork } from "../../lib/sample.mjs";

const who = ["-c", "user.name=x", "-c", "user.email=x@example.org"];

export default {
  why: "An executor may keep a history of its own; the result is what stands in the files.",
  expect: { status: "COMPLETE" },
  execute(agent) {
    agent.run("git", "init", "-q");
    agent.run("git", "add", "-A");
    agent.run("git", ...who, "commit", "-qm", "base");
    doTheWork(agent);
    agent.run("git", "add", "-A");
    agent.run("git", ...who, "commit", "-qm", "work");
  },
  after: ({ git }) =>
    git("log", "--format=%s").trim() === "start" ? null : "the person's history was changed",
};
