import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "The disk is full, so what happened can't be put on record.",
  expect: { status: "ERROR" },
  tools: ["bwrap"],
  execute(agent) {
    doTheWork(agent);
    agent.run("sh", "-c", "head -c 100000000 /dev/zero > filler; head -c 4096 /dev/zero > .cache-filler");
  },
  /** The project lies on a small file system of its own, so the session is gone with it. */
  async act(session) {
    const copy = join(session.folder, "copy");
    execFileSync("cp", ["-a", session.project, copy]);
    const small = ["bwrap", "--dev-bind", "/", "/", "--size", "6291456", "--tmpfs", session.project, "--"];
    const fill = 'cp -a "$0/." "$1" && shift && exec "$@"';
    const run = session.begin([...small, "sh", "-c", fill, copy, session.project]);
    const { code, stdout } = await run.ended;
    const said = JSON.parse(stdout);
    const codes = said.error ? [said.error.code] : said.violations.map((violation) => violation.code);
    return {
      ...{ exit: code, status: said.error ? "ERROR" : said.overall_status, codes, gates: [], id: null },
      messages: [stdout],
    };
  },
};
