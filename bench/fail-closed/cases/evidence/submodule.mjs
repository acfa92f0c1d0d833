import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "A new submodule brings in what nobody has looked at.",
  expect: { status: "INCOMPLETE", gates: ["protected"] },
  execute(agent) {
    doTheWork(agent);
    agent.write(".gitmodules", '[submodule "sub"]\n\tpath = sub\n\turl = https://example.org/sub.git\n');
    agent.run("git", "init", "-q", "sub");
    agent.write("sub/run.sh", "true\n");
    agent.run("git", "-C", "sub", "add", "-A");
    agent.run(
      "git",
      "-C",
      "sub",
      "-c",
      "user.name=x",
      "-c",
      "user.email=x@example.org",
      "commit",
      "-qm",
      "x",
    );
  },
};
