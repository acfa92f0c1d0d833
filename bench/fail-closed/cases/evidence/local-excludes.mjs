import { EMPTY_TEST } from "../../lib/sample.mjs";

export default {
  why: "Excludes and flags of the workspace's own git hide nothing: the broken source is seen.",
  expect: { status: "INCOMPLETE", gates: ["qa"] },
  execute(agent) {
    agent.run("git", "init", "-q");
    agent.run("sh", "-c", "mkdir -p .git/info && echo 'src' > .git/info/exclude");
    agent.run("sh", "-c", "git add -A; git update-index --assume-unchanged src/slug.js");
    agent.write("src/slug.js", 'throw new Error("broken");\n');
    agent.write("test/empty.test.js", EMPTY_TEST);
  },
};
