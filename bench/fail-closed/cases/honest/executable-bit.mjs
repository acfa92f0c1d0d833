import { statSync } from "node:fs";
import { join } from "node:path";
import { command } from "../../lib/command.mjs";

export default {
  why: "A mode is a change like any other.",
  expect: { status: "COMPLETE" },
  files: { "bin/slug.sh": "#!/bin/sh\necho slug\n" },
  task: {
    prompt: "Make bin/slug.sh executable.",
    scope: ["bin/**"],
    checks: [command("./bin/slug.sh")],
  },
  execute: (agent) => agent.run("chmod", "755", "bin/slug.sh"),
  after: ({ project }) =>
    (statSync(join(project, "bin/slug.sh")).mode & 0o111) > 0 ? null : "it is not executable",
};
