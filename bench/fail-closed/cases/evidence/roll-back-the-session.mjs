import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { doTheWork } from "../../lib/sample.mjs";

export default {
  why: "All of a session is put back to before its gates spoke: it has to go through them again, with a person's word.",
  expect: { status: "INCOMPLETE" },
  async execute(agent) {
    doTheWork(agent);
    agent.remove("test/slug.test.js");
    await agent.wait(1_500);
  },
  async act(session) {
    const run = session.begin();
    await session.executing(run);
    const kept = join(session.folder, "kept");
    // Files that are being written may be gone before they are copied.
    cpSync(session.evidence(), kept, { recursive: true, filter: (path) => !path.endsWith(".tmp") });
    await run.ended;
    const evidence = session.evidence();
    rmSync(evidence, { recursive: true });
    cpSync(kept, evidence, { recursive: true });
    const refused = await session.ask("continue", session.id());
    if (!refused.codes.includes("E205")) throw new Error(`pm continue says ${refused.messages.join("; ")}`);
    return session.ask("status", session.id());
  },
};
