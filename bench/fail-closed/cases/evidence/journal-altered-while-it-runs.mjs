import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "Something else than pm wrote into the journal while pm was at work.",
  expect: { status: "INVALID" },
  verify: 5,
  async execute(agent) {
    doTheWork(agent);
    await agent.wait(800);
  },
  async act(session) {
    const run = session.begin();
    await session.executing(run);
    const path = join(session.evidence(), "journal.jsonl");
    writeFileSync(path, readFileSync(path, "utf8").replace('"exit_code":1', '"exit_code":0'));
    await run.ended;
    return session.ask("status", session.id());
  },
};
