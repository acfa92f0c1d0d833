export default {
  why: "History and refs of the workspace count for nothing: with the base amended, the result is still the base.",
  expect: { status: "NO_EVIDENCE", gates: ["change"] },
  execute(agent) {
    agent.run("git", "init", "-q");
    agent.run(
      "git",
      "-c",
      "user.name=x",
      "-c",
      "user.email=x@example.org",
      "commit",
      "--allow-empty",
      "-qm",
      "All done",
    );
    agent.run("git", "update-ref", "refs/heads/main", "HEAD");
    agent.run("git", "tag", "done");
  },
  after: ({ git }) =>
    git("log", "--format=%s").trim() === "start" && git("tag") === "" ? null : "git's refs were changed",
};
