import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isRunnerError } from "../../src/errors/runner-error.ts";
import { createBubblewrapIsolation } from "../../src/sandbox/bubblewrap.ts";
import { type Bench, createBench, requireBubblewrap, stdoutOf } from "./support.ts";

describe("a sandbox that can't be set up", () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await createBench("sandbox");
  });
  afterEach(() => bench.remove());
  const runWith = (bwrap: string) =>
    createBubblewrapIsolation({ bwrap }).run(bench.place, { argv: ["/bin/echo", "ran"], limitMs: 20_000 });
  const fakeBwrap = (script: string) => {
    const path = join(bench.root, "bwrap");
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  };

  it("is tried once more, as a path to hide may have gone meanwhile, and then runs", async () => {
    const failedOnce = join(bench.root, "failed-once");
    const fail = `: > ${failedOnce}; echo "bwrap: Can't create file at /gone.sock: Read-only file system" >&2; exit 1`;
    const bwrap = fakeBwrap(`[ -e ${failedOnce} ] || { ${fail}; }; exec ${await requireBubblewrap()} "$@"`);
    const result = await runWith(bwrap);
    expect(existsSync(failedOnce)).toBe(true);
    expect(result).toMatchObject({ termination: "exited", exitCode: 0 });
    expect(stdoutOf(result)).toBe("ran\n");
  });

  it("is a run that was not started, with bwrap's own reason", async () => {
    const result = await runWith(
      fakeBwrap('echo "bwrap: No permissions to create new namespace" >&2; exit 1'),
    );
    expect(result).toMatchObject({
      termination: "spawn_failed",
      exitCode: null,
      spawnError: "bwrap: No permissions to create new namespace",
    });
  });

  it("carries the mark by which it is found should pm die before it knows its pid, and hides that from what runs", async () => {
    const seen = join(bench.root, "environ");
    const bwrap = fakeBwrap(`cp /proc/$$/environ ${seen}; exec ${await requireBubblewrap()} "$@"`);
    const result = await createBubblewrapIsolation({ bwrap }).run(bench.place, {
      argv: ["/usr/bin/env"],
      limitMs: 20_000,
    });
    expect(readFileSync(seen, "utf8")).toMatch(/(?:^|\0)PM_RUN_MARK=[0-9a-f]{32}\0/);
    expect(stdoutOf(result)).toContain("PATH=");
    expect(stdoutOf(result)).not.toContain("PM_RUN_MARK");
  });

  it("is told where bwrap is missing, where the workspace is, and where the project's path can't be made", async () => {
    expect(await runWith(join(bench.root, "no-bwrap"))).toMatchObject({ termination: "spawn_failed" });
    const places = [{ dir: join(bench.root, "no-such-dir") }, { mountAt: "/no/such/project" }];
    for (const place of places) {
      const result = await bench.run(["/bin/true"], { place });
      expect(result.termination, JSON.stringify(place)).toBe("spawn_failed");
      expect(result.spawnError).toContain("bwrap:");
    }
  });

  it("refuses a variable that would end an argument of bwrap early", async () => {
    const result = await bench.run(["/bin/true"], { env: { INJECTED: "x\0--bind\0/\0/" } });
    expect(result).toMatchObject({ termination: "spawn_failed", spawnError: expect.stringContaining("NUL") });
  });

  it("is E119 where its own folder can't be made", async () => {
    const failing = bench.run(["/bin/true"], { place: { home: join(bench.root, "absent/home") } });
    const error = await failing.catch((thrown: unknown) => thrown);
    expect(isRunnerError(error, "E119")).toBe(true);
  });
});
