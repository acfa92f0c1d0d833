import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bench, createBench, processesWith, stderrOf, stdoutOf, uniqueSeconds } from "./support.ts";

// What every isolation keeps; I1–I4 as in src/sandbox/types.ts.
describe.each(["sandbox", "process"] as const)("isolation of level %s", (level) => {
  let bench: Bench;
  const CANARIES = {
    PATH: process.env.PATH,
    ANTHROPIC_API_KEY: "canary-1",
    GITHUB_TOKEN: "canary-2",
    DB_SECRET: "canary-3",
    LD_PRELOAD: "/canary-4.so",
    NODE_OPTIONS: "--title=canary-5",
    SSH_AUTH_SOCK: "/canary-6",
    LC_TIME: "C",
    LANG: "C.UTF-8",
    TZ: "UTC",
  };
  beforeEach(async () => {
    bench = await createBench(level, { userEnv: CANARIES });
  });
  afterEach(() => bench.remove());

  it("hands back output, exit code and what was fed in", async () => {
    const result = await bench.sh("cat; echo oops >&2; exit 7", { stdin: "fed in\n" });
    expect(result).toMatchObject({
      exitCode: 7,
      signal: null,
      termination: "exited",
      survivors: 0,
      spawnError: null,
    });
    expect([stdoutOf(result), stderrOf(result)]).toEqual(["fed in\n", "oops\n"]);
    expect(result.durationMs).toBeGreaterThan(0);
  });

  it("closes standard input at once where nothing is fed in", async () => {
    expect(stdoutOf(await bench.sh("cat; echo end"))).toBe("end\n");
  });

  it("can be talked to while it runs, line by line", async () => {
    const talk = new PassThrough();
    const heard: string[] = [];
    talk.write("one\n");
    const result = await bench.sh('while read -r line; do echo "<$line>"; done; echo end', {
      stdin: talk,
      onStdout: (chunk) => {
        heard.push(...chunk.toString().trim().split("\n"));
        if (heard.at(-1) === "<one>") talk.write("two\n");
        if (heard.at(-1) === "<two>") talk.end();
      },
    });
    expect(heard).toEqual(["<one>", "<two>", "end"]);
    expect(result).toMatchObject({ exitCode: 0, termination: "exited", survivors: 0 });
  });

  it("does not wait for the rest of a conversation that nobody listens to any more", async () => {
    const talk = new PassThrough();
    const result = await bench.sh("exit 3", { stdin: talk });
    expect(result).toMatchObject({ exitCode: 3, termination: "exited" });
    expect(talk.destroyed).toBe(true);
  });

  it("takes every byte of an argument as it is, and never as shell text", async () => {
    const hostile = ["$(touch pwned)", "`id`", "a b\nc", "'\"\\", "*", "", "-e", "é"];
    const print = "process.stdout.write(JSON.stringify(process.argv.slice(1)))";
    const result = await bench.run([process.execPath, "-e", print, "--", ...hostile]);
    expect(JSON.parse(stdoutOf(result))).toEqual(hostile);
    const builtin = await bench.run(["eval", "echo pwned"]);
    expect(builtin).toMatchObject({ termination: "spawn_failed" });
  });

  it("tells a signal from an exit code of the same number", async () => {
    expect(await bench.sh("kill -KILL $$")).toMatchObject({
      exitCode: null,
      signal: "SIGKILL",
      termination: "exited",
    });
    expect(await bench.sh("kill -TERM $$")).toMatchObject({ exitCode: null, signal: "SIGTERM" });
    expect(await bench.sh("exit 143")).toMatchObject({ exitCode: 143, signal: null });
    expect(await bench.sh("exit 127")).toMatchObject({ exitCode: 127, signal: null, termination: "exited" });
  });

  it("says why a program could not be started", async () => {
    writeFileSync(join(bench.place.dir, "plain"), "text", { mode: 0o644 });
    writeFileSync(join(bench.place.dir, "orphan"), "#!/no/such/interpreter\n", { mode: 0o755 });
    for (const program of ["no-such-program-of-pm", "/no/such/file", "./plain", "./orphan", "/usr", "a\0b"]) {
      const result = await bench.run([program]);
      expect(result, program).toMatchObject({ termination: "spawn_failed", exitCode: null, signal: null });
      expect(result.spawnError, program).toBeTruthy();
    }
  });

  it("I1 gives the child the allow-list and what the call adds, nothing else", async () => {
    const result = await bench.sh("env", { env: { PM_PHASE: "EXECUTION" } });
    const names = stdoutOf(result)
      .trim()
      .split("\n")
      .map((line) => line.split("=")[0]);
    expect(stdoutOf(result)).not.toContain("canary");
    expect(names).toContain("PM_PHASE");
    const allowed = /^(PATH|HOME|TMPDIR|TERM|CI|LANG|TZ|LC_TIME|PM_PHASE|PM_RUN_MARK|PWD|OLDPWD|SHLVL|_)$/;
    expect(names.filter((name) => !allowed.test(name ?? ""))).toEqual([]);
  });

  it("I1 hands down no file but the three standard ones", async () => {
    // What this test process itself was started with may be inherited; anything that pm opened may not.
    const list = "for f in /proc/self/fd/*; do readlink $f; done";
    const opened = stdoutOf(await bench.sh(list))
      .trim()
      .split("\n")
      .filter((line) => /socket|pipe|\/tmp|anon/.test(line));
    expect(opened.filter((line) => line.startsWith("socket:"))).toHaveLength(3);
  });

  it("HOME and TMPDIR are writable, and what is written to HOME is where the caller finds it", async () => {
    await bench.sh('echo kept > "$HOME/note"; echo x > "$TMPDIR/scratch"');
    expect(readFileSync(join(bench.place.home, "note"), "utf8")).toBe("kept\n");
  });

  it("runs in the workspace, whose changes stay in the workspace", async () => {
    writeFileSync(join(bench.place.mountAt, "user.txt"), "user");
    writeFileSync(join(bench.place.dir, "file.txt"), "workspace");
    const result = await bench.sh("cat file.txt; ls; echo changed > file.txt; echo new > new.txt");
    expect(stdoutOf(result)).toBe("workspacefile.txt\n");
    expect(readFileSync(join(bench.place.dir, "file.txt"), "utf8")).toBe("changed\n");
    expect(readFileSync(join(bench.place.mountAt, "user.txt"), "utf8")).toBe("user");
  });

  it("dependency folders are there, may be written to, and the user's own never change", async () => {
    const user = join(bench.place.mountAt, "node_modules/lib");
    mkdirSync(user, { recursive: true });
    writeFileSync(join(user, "index.js"), "original");
    const place = { dependencies: ["node_modules", "absent/vendor"] };
    const result = await bench.sh(
      "cat node_modules/lib/index.js; echo bad > node_modules/lib/index.js; rm -rf node_modules/lib; mkdir node_modules/.cache; ls -A node_modules",
      { place },
    );
    expect(stdoutOf(result)).toBe("original.cache\n");
    expect(result.exitCode).toBe(0);
    expect(readFileSync(join(user, "index.js"), "utf8")).toBe("original");
  });

  it("refuses a workspace that has something else in the place of a dependency folder", async () => {
    mkdirSync(join(bench.place.mountAt, "node_modules"));
    writeFileSync(join(bench.place.dir, "node_modules"), "a file in its stead");
    const result = await bench.sh("true", { place: { dependencies: ["node_modules"] } });
    expect(result).toMatchObject({
      termination: "spawn_failed",
      spawnError: expect.stringContaining("node_modules"),
    });
  });

  it("I3 keeps head, tail and count of a flood, and gives the caller every byte of it", async () => {
    let seen = 0;
    const result = await bench.sh("head -c 30000000 /dev/zero; printf end", {
      captureBytes: 1000,
      onStdout: (chunk) => {
        seen += chunk.length;
      },
    });
    expect(result.stdout).toMatchObject({ bytes: 30_000_003, truncated: true });
    expect(result.stdout.head).toHaveLength(500);
    expect(result.stdout.tail.subarray(-3).toString()).toBe("end");
    expect(seen).toBe(30_000_003);
  });

  it("keeps bytes that are no UTF-8", async () => {
    const result = await bench.sh("printf '\\377\\376\\303'");
    expect([...result.stdout.head]).toEqual([0xff, 0xfe, 0xc3]);
  });

  it("I4 ends a run at its time limit, gently at first", async () => {
    const result = await bench.sh("trap 'echo asked; exit 9' TERM; while :; do sleep 0.05; done", {
      limitMs: 400,
    });
    expect(result).toMatchObject({ termination: "time_limit", exitCode: 9 });
    expect(stdoutOf(result)).toBe("asked\n");
  });

  it("kills a process that ignores SIGTERM, two seconds after it was asked", async () => {
    const result = await bench.sh("trap '' TERM; echo deaf; while :; do sleep 0.05; done", { limitMs: 300 });
    expect(result).toMatchObject({ termination: "time_limit", exitCode: null, signal: "SIGKILL" });
    expect(result.durationMs).toBeGreaterThan(2_000);
    expect(result.durationMs).toBeLessThan(8_000);
  });

  it("ends a run that is silent for too long, and not one that speaks", async () => {
    expect(await bench.sh("echo a; sleep 30", { idleMs: 500 })).toMatchObject({ termination: "idle_limit" });
    const speaks = "for i in 1 2 3 4 5 6 7 8; do echo $i >&2; sleep 0.2; done";
    expect(await bench.sh(speaks, { idleMs: 1_200 })).toMatchObject({ termination: "exited", exitCode: 0 });
  });

  it("ends a run when it is aborted, and starts none that was aborted before", async () => {
    const controller = new AbortController();
    const result = await bench.sh("echo up; exec sleep 30", {
      signal: controller.signal,
      onStdout: () => controller.abort(),
    });
    expect(result).toMatchObject({ termination: "aborted", signal: "SIGTERM" });
    const never = await bench.sh("touch started", { signal: controller.signal });
    expect(never).toMatchObject({ termination: "aborted", exitCode: null, durationMs: 0 });
    expect(() => readFileSync(join(bench.place.dir, "started"))).toThrow();
  });

  it("I4 reports the first cause where several come together", async () => {
    const controller = new AbortController();
    const result = await bench.sh("trap '' TERM; while :; do sleep 0.05; done", {
      limitMs: 300,
      idleMs: 900,
      signal: AbortSignal.any([controller.signal, AbortSignal.timeout(1_500)]),
    });
    expect(result.termination).toBe("time_limit");
  });

  it("I2 counts and kills what outlives the main process: setsid, nohup, double fork, cleaned environment", async () => {
    const seconds = uniqueSeconds();
    const quiet = ">/dev/null 2>&1 </dev/null";
    const script = `
      setsid nohup sleep ${seconds} ${quiet} &
      (setsid sh -c 'trap "" TERM HUP; sleep ${seconds}; :' ${quiet} &)
      (setsid env -i sleep ${seconds} ${quiet} &)
      sleep 0.2`;
    const result = await bench.sh(script);
    expect(result).toMatchObject({ exitCode: 0, termination: "exited" });
    expect(result.survivors).toBeGreaterThanOrEqual(3);
    expect(processesWith(seconds)).toEqual([]);
  });

  it("I2 does not count what ends by itself directly after the main process", async () => {
    const result = await bench.sh("(sleep 0.05; :) & (exec sleep 0.02) & exit 0");
    expect(result).toMatchObject({ survivors: 0, exitCode: 0 });
  });

  it("I2 leaves nothing alive of many forks, at their end as at a time limit", async () => {
    const seconds = uniqueSeconds();
    const fork = `i=0; while [ $i -lt 100 ]; do setsid sleep ${seconds} & i=$((i + 1)); done >/dev/null 2>&1;`;
    const ended = await bench.sh(`${fork} sleep 0.3`);
    expect(ended.survivors).toBe(100);
    expect(processesWith(seconds)).toEqual([]);
    const stopped = await bench.sh(`${fork} wait`, { limitMs: 1_000 });
    expect(stopped).toMatchObject({ termination: "time_limit", survivors: 0 });
    expect(processesWith(seconds)).toEqual([]);
  });

  it("a survivor that holds the output open does not hold up the result", async () => {
    const result = await bench.sh("setsid sleep 60 & echo done");
    expect(result).toMatchObject({ survivors: 1, exitCode: 0 });
    expect(stdoutOf(result)).toBe("done\n");
  });

  it("runs several at once without mixing them up", async () => {
    const results = await Promise.all([1, 2, 3, 4].map((n) => bench.sh(`sleep 0.1; echo ${n}; exit ${n}`)));
    expect(results.map((result) => [result.exitCode, stdoutOf(result)])).toEqual(
      [1, 2, 3, 4].map((n) => [n, `${n}\n`]),
    );
  });

  it("passes on what onStdout throws, with nothing left running", async () => {
    const seconds = uniqueSeconds();
    const thrown = bench.sh(`echo x; sleep ${seconds}`, {
      onStdout: () => {
        throw new Error("reader broke");
      },
    });
    await expect(thrown).rejects.toThrow("reader broke");
    expect(processesWith(seconds)).toEqual([]);
  });
});
