import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { doTheWork } from "../../lib/sample.mjs";

const who = ["-c", "user.name=t", "-c", "user.email=t@example.org"];

export default {
  why: "A submodule that is there already is not the executor's work.",
  expect: { status: "COMPLETE" },
  prepare(project) {
    const other = join(project, "../other");
    const git = (cwd, ...args) => execFileSync("git", args, { cwd, stdio: "pipe" });
    mkdirSync(other);
    writeFileSync(join(other, "lib.txt"), "lib\n");
    git(other, "init", "-q");
    git(other, "add", "-A");
    git(other, ...who, "commit", "-qm", "lib");
    git(project, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other, "vendored");
    git(project, ...who, "commit", "-qm", "with a submodule");
  },
  execute: doTheWork,
};
