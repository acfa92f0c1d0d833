import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openJournal } from "../../src/evidence/journal.ts";
import { readJournal } from "../../src/evidence/read-journal.ts";
import { buildScript } from "../support/build-script.ts";

let root: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "pm-full-"));
  await buildScript(new URL("./append-until-full.ts", import.meta.url), root);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("a journal that the disk has no room for", () => {
  it("refuses everything after a write that went only half through, and loses no whole line (J2)", () => {
    const path = join(root, "session-a", "journal.jsonl");
    // A limit on file size cuts a write short just as a full disk does; 8 blocks are 4 or 8 KiB.
    const script = 'ulimit -f 8; exec "$0" "$@"';
    const output = execFileSync(
      "bash",
      ["-c", script, process.execPath, join(root, "append-until-full.mjs"), path],
      {
        encoding: "utf8",
      },
    );
    const { failures, head } = JSON.parse(output);
    expect(failures).toEqual(["E307", "E307"]);
    expect(statSync(path).size % 4096).toBe(0);
    const reading = readJournal(path);
    expect(reading).toMatchObject({ problem: null, torn: true, head });
    expect(head.seq).toBeGreaterThan(5);

    const again = openJournal(path, { now: () => new Date(), quarantineDir: join(root, "quarantine") });
    expect(again.append({ type: "task.cancelled", task_id: "task-1" }).seq).toBe(head.seq + 1);
    again.close();
    expect(readJournal(path)).toMatchObject({ problem: null, torn: false });
  });
});
