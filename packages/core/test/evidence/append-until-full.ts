/** Appends to the journal `argv[2]` until that fails, then once more; prints what each failure was, and the head. */
import { openJournal } from "../../src/evidence/journal.ts";

const journal = openJournal(process.argv[2] ?? "", {
  now: () => new Date(),
  quarantineDir: `${process.argv[2]}.quarantine`,
});
const failures: unknown[] = [];
for (let n = 0; failures.length < 2; n++) {
  try {
    journal.append({ type: "provider.objected", task_id: "task-1", reason: `${n} `.repeat(50) });
  } catch (error) {
    failures.push((error as { code?: string }).code);
  }
}
process.stdout.write(JSON.stringify({ failures, head: journal.head }));
