import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "What looks like a repository has a pipe for its HEAD, or no end to its commondir: git would wait for ever.",
  expect: { status: "COMPLETE" },
  task: {
    prompt: "Make `slug` return an empty string for an empty string.",
    scope: ["**"],
    checks: [{ type: "command", argv: ["node", "--test", "test/empty.test.js"] }],
  },
  execute(agent) {
    doTheWork(agent);
    for (const folder of ["src/n", "src/m"]) {
      agent.run("mkdir", "-p", `${folder}/.git/objects`, `${folder}/.git/refs`);
      agent.write(`${folder}/a.js`, "export const x = 1;\n");
    }
    agent.run("mkfifo", "src/n/.git/HEAD", "src/.gitignore", "src/n/.gitattributes");
    agent.write("src/m/.git/HEAD", "ref: refs/heads/main\n");
    agent.run("ln", "-s", "/dev/zero", "src/m/.git/commondir");
  },
};
