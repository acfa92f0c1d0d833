import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openToolHost } from "../../src/tools/open-tool-host.ts";
import { isolatedExec } from "../support/isolated-exec.ts";
import { makeTestRun, type TestRun } from "../support/make-request.ts";

const never = new AbortController().signal;

describe.each(["plain", "isolated"] as const)("the tools of an agent, %s", (kind) => {
  let run: TestRun;
  beforeEach(() => {
    run = makeTestRun();
  });
  afterEach(() => rmSync(run.dir, { recursive: true, force: true }));
  const open = () =>
    openToolHost(run.request(kind === "plain" ? {} : { exec: isolatedExec(run) }), { patienceSeconds: 5 });

  it("reads, writes, edits, finds and runs", async () => {
    const host = open();
    const call = (name: string, input: unknown) => host.call({ name, input }, never);
    const results = [];
    writeFileSync(join(run.workspace, "a.txt"), "one\ntwo\n");
    results.push(await call("read", { path: "a.txt" }));
    results.push(await call("write", { path: "b/c.txt", content: "three\n" }));
    results.push(await call("edit", { path: "b/c.txt", old_string: "three", new_string: "four" }));
    results.push(await call("list", {}));
    results.push(await call("glob", { pattern: "**/*.txt" }));
    results.push(await call("grep", { pattern: "fo.r" }));
    results.push(await call("shell", { argv: ["sh", "-c", "cat b/c.txt; echo err >&2; exit 3"] }));
    const end = await host.end();
    expect(results.map(({ text }) => text)).toEqual([
      "     1\tone\n     2\ttwo",
      "created b/c.txt (6 bytes)",
      "replaced 1 place in b/c.txt",
      "a.txt\nb/",
      "a.txt\nb/c.txt",
      "b/c.txt:1:four",
      "four\nerr\n[exit code 3]",
    ]);
    expect(results.every(({ isError, denied }) => !isError && denied === null)).toBe(true);
    expect(end).toMatchObject({ termination: "exited", exitCode: 0, survivors: 0 });
  });
});
