import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "session.json was made to say COMPLETE; the journal does not.",
  expect: { status: "INCOMPLETE", gates: ["tests"] },
  verify: 5,
  execute(agent) {
    doTheWork(agent);
    agent.remove("test/slug.test.js");
  },
  async act(session) {
    await session.start();
    const path = join(session.evidence(), "session.json");
    writeFileSync(path, readFileSync(path, "utf8").replaceAll("INCOMPLETE", "COMPLETE"));
    return session.ask("status", session.id());
  },
};
