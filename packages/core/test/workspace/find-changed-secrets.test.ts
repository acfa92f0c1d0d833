import { expect, it } from "vitest";
import { findChangedSecrets } from "../../src/workspace/find-changed-secrets.ts";

const KEY = `AKIA${"Q".repeat(16)}\n`;
const FILE = { path: "a.txt", status: "modified", old_mode: "100644", new_mode: "100644" } as const;
const CHANGE = { ...FILE, old_oid: "old", new_oid: "new", added_lines: 1, deleted_lines: 0 };
const FOUND = [{ path: "a.txt", kind: "an AWS access key" }];

const secrets = (before: string, after: Buffer) =>
  findChangedSecrets([CHANGE], new Map(Object.entries({ old: Buffer.from(before), new: after })), []);
const afterLines = (lines: number) => Buffer.concat([Buffer.alloc(lines, "\n"), Buffer.from(KEY)]);

it("all of a file of more lines than can be compared counts as added", async () => {
  expect(await secrets(KEY, afterLines(1000))).toEqual([]);
  expect(await secrets(KEY, afterLines(33 * 2 ** 20))).toEqual(FOUND);
}, 60_000);

it("a secret is found wherever it stands in a large file", async () => {
  for (const at of [-21, -10, 0, 10]) expect(await secrets("", afterLines(4 * 2 ** 20 + at))).toEqual(FOUND);
});
