export default {
  why: "What stands in the executor's HOME is gone with it: its git config can't empty what pm reads.",
  expect: { status: "NO_EVIDENCE", gates: ["change"] },
  withoutSandbox: { status: "NO_EVIDENCE", gates: ["change"] },
  execute(agent) {
    const home = process.env.HOME;
    agent.write(`${home}/.gitconfig`, '[core]\n\tworktree = /\n[filter "x"]\n\tclean = cat /etc/hostname\n');
    agent.write(`${home}/bin/git`, "#!/bin/sh\nexit 0\n", 0o755);
    agent.write(`${home}/.config/git/attributes`, "* filter=x\n");
  },
};
