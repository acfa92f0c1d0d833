/** Adds failed tasks, reports and all, to the session folder `argv[2]` until it is killed. */
import { randomBytes } from "node:crypto";
import { createRedactor } from "../../src/evidence/redactor.ts";
import { openSessionEvidence } from "../../src/evidence/session-evidence.ts";
import { SESSION_ID, smallSessionEvents } from "./build-session.ts";

const evidence = openSessionEvidence(process.argv[2] ?? "", {
  now: () => new Date(),
  compress: true,
  redactor: createRedactor([]),
});
const before = evidence.lines().length;
process.stdout.write(`writing ${SESSION_ID} from line ${before}\n`);
for (let round = 0; ; round++) {
  const events = smallSessionEvents(evidence, {
    taskId: `task-${before}-${round}`,
    report: randomBytes(round * 37).toString("hex"),
  });
  for (const event of events) {
    if (event.type === "session.opened" && evidence.lines().length > 0) continue;
    evidence.append(event);
    if (event.type === "task.submitted" || event.type === "task.ended") evidence.writeProjections();
  }
}
