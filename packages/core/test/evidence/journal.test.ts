import { createHash } from "node:crypto";
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { canonicalJson } from "../../src/evidence/canonical-json.ts";
import type { JournalEvent } from "../../src/evidence/events.ts";
import { openJournal } from "../../src/evidence/journal.ts";
import { parseJournal, readJournal } from "../../src/evidence/read-journal.ts";

const sha = (bytes: string) => createHash("sha256").update(bytes).digest("hex");
const objected = (times: number): JournalEvent => ({
  type: "provider.objected",
  task_id: "task-1",
  reason: `${times} steps left`,
});

let root: string;
let path: string;
const options = () => ({
  now: () => new Date("2026-01-02T03:04:05.678Z"),
  quarantineDir: join(root, "quarantine"),
});

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "pm-journal-"));
  path = join(root, "session-a", "journal.jsonl");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(count: number): string[] {
  const journal = openJournal(path, options());
  for (let times = 1; times <= count; times++) journal.append(objected(times));
  journal.close();
  return readFileSync(path, "utf8").split("\n").slice(0, -1);
}

describe("a journal", () => {
  it("writes canonical lines, numbered, each naming the digest of the one before (J3)", () => {
    const lines = write(3);
    expect(lines).toHaveLength(3);
    for (const [index, line] of lines.entries()) {
      const parsed = JSON.parse(line);
      expect(canonicalJson(parsed)).toBe(line);
      expect(parsed.seq).toBe(index + 1);
      expect(parsed.prev).toBe(index === 0 ? "0".repeat(64) : sha(lines[index - 1] ?? ""));
      expect(parsed.at).toBe("2026-01-02T03:04:05.678Z");
    }
  });

  it("is private to its user", () => {
    write(1);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(root, "session-a")).mode & 0o777).toBe(0o700);
  });

  it("goes on after being reopened, with the same head", () => {
    write(2);
    const again = openJournal(path, options());
    expect(again.head.seq).toBe(2);
    expect(again.append(objected(9)).prev).toBe(readJournal(path).hashes[1]);
    expect(again.lines()).toEqual(readJournal(path).lines);
    again.close();
    expect(readJournal(path)).toMatchObject({ problem: null, torn: false, head: again.head });
  });

  it("refuses an event that the schema doesn't know, and stays usable", () => {
    const journal = openJournal(path, options());
    expect(() =>
      journal.append({ type: "provider.objected", task_id: 1 } as unknown as JournalEvent),
    ).toThrow(expect.objectContaining({ code: "E302" }));
    expect(journal.append(objected(1)).seq).toBe(1);
    journal.close();
  });

  it("refuses everything after it was closed", () => {
    const journal = openJournal(path, options());
    journal.close();
    expect(() => journal.append(objected(1))).toThrow(expect.objectContaining({ code: "E307" }));
  });

  it("refuses everything once another process changed the file (J2, J5)", () => {
    const journal = openJournal(path, options());
    journal.append(objected(1));
    appendFileSync(path, "x");
    expect(() => journal.append(objected(2))).toThrow(expect.objectContaining({ code: "E302" }));
    truncateSync(path, statSync(path).size - 1);
    expect(() => journal.append(objected(2))).toThrow(expect.objectContaining({ code: "E307" }));
    journal.close();
  });

  it("refuses to write into a file that was deleted (J5)", () => {
    const journal = openJournal(path, options());
    unlinkSync(path);
    expect(() => journal.append(objected(1))).toThrow(expect.objectContaining({ code: "E302" }));
    journal.close();
  });

  it("puts a torn last record in quarantine and goes on before it (J4)", () => {
    const lines = write(3);
    truncateSync(path, statSync(path).size - 1);
    const journal = openJournal(path, options());
    expect(journal.head.seq).toBe(2);
    journal.append(objected(30));
    journal.close();
    expect(readdirSync(join(root, "quarantine"))).toEqual(["session-a.journal.3"]);
    expect(readFileSync(join(root, "quarantine", "session-a.journal.3"), "utf8")).toBe(lines[2]);
    expect(readJournal(path)).toMatchObject({ problem: null, torn: false, head: { seq: 3 } });
  });

  it("takes no torn record away that another file knows as whole", () => {
    write(3);
    const head = readJournal(path).head;
    truncateSync(path, statSync(path).size - 1);
    const bytes = readFileSync(path);
    expect(() => openJournal(path, { ...options(), mustContain: head })).toThrow(
      expect.objectContaining({ code: "E302", data: expect.objectContaining({ line: 3 }) }),
    );
    expect(readFileSync(path)).toEqual(bytes);
  });

  it("refuses a journal damaged anywhere else, naming the line", () => {
    const lines = write(4);
    lines[1] = (lines[1] ?? "").replace("2 steps", "5 steps");
    writeFileSync(path, `${lines.join("\n")}\n`);
    expect(() => openJournal(path, options())).toThrow(
      expect.objectContaining({ code: "E302", data: expect.objectContaining({ line: 2 }) }),
    );
  });
});

describe("reading a journal", () => {
  it("never throws, and names the line in which one byte was changed, whatever the byte", () => {
    const whole = Buffer.from(`${write(6).join("\n")}\n`);
    const head = readJournal(path).head;
    const property = fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ mask;
      const reading = parseJournal(bytes, [head]);
      const line = whole.subarray(0, at).toString("latin1").split("\n").length;
      const last = line === 6;
      if (reading.problem) expect(reading.problem.line).toBe(line);
      else expect(last && (reading.torn || reading.head.hash !== head.hash)).toBe(true);
    });
    void fc.assert(property, { numRuns: 1500 });
  });

  it("names the first line that is missing, swapped or twice there", () => {
    const lines = write(5);
    const problem = (order: number[]) =>
      parseJournal(Buffer.from(order.map((n) => `${lines[n - 1]}\n`).join(""))).problem?.line;
    expect(problem([1, 2, 3, 4, 5])).toBeUndefined();
    expect(problem([1, 3, 4, 5])).toBe(2);
    expect(problem([1, 2, 4, 3, 5])).toBe(3);
    expect(problem([1, 2, 2, 3])).toBe(3);
    expect(problem([2, 3])).toBe(1);
  });

  it("tells a torn last record from damage", () => {
    write(2);
    appendFileSync(path, '{"at":');
    expect(readJournal(path)).toMatchObject({ torn: true, problem: null, head: { seq: 2 } });
  });
});
