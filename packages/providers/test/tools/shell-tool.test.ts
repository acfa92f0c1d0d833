import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runsNow } from "../support/runs-now.ts";
import { openTestTools, type TestTools } from "../support/test-tools.ts";

describe.each([false, true])("shell (isolated: %s)", (isolated) => {
  let tools: TestTools;
  beforeEach(() => {
    tools = openTestTools({ isolated });
  });
  afterEach(() => tools.close());
  const shell = (argv: string[], rest: object = {}) => tools.ask("shell", { argv, ...rest });
  const sh = (script: string, rest: object = {}) => shell(["sh", "-c", script], rest);

  it("runs in the workspace without a shell of ours, with empty input", async () => {
    expect((await shell(["echo", "$HOME; *", "`id`"])).text).toBe("$HOME; * `id`\n[exit code 0]");
    expect((await shell(["pwd"])).text).toBe(`${tools.run.workspace}\n[exit code 0]`);
    expect((await shell(["cat"])).text).toBe("[exit code 0]");
  });

  it("shows how a program ended: its code, its signal, or that there is none", async () => {
    expect(await sh("echo out; echo err >&2; exit 7")).toEqual({
      text: "out\nerr\n[exit code 7]",
      isError: false,
      denied: null,
    });
    expect((await sh("kill -SEGV $$")).text).toBe("[ended by signal SIGSEGV]");
    expect(await shell(["no-such-program"])).toMatchObject({
      text: "no-such-program: there is no such program",
      isError: true,
    });
    expect(await shell(["/etc/passwd"])).toMatchObject({ isError: true, denied: null });
  });

  it("keeps start and end of a flood of 100 MB and counts the rest", async () => {
    const { text } = await sh("echo first; yes | head -c 100000000; echo last", { timeout_seconds: 60 });
    expect(text.length).toBeLessThan(50_000);
    expect(text).toMatch(/^first\n(y\n)+\[… 9\d{7} bytes left out …\]\n\n?(y\n)+last\n\[exit code 0\]$/);
  });

  it("cuts between characters", async () => {
    const { text } = await sh("yes 東京都 | tr -d '\\n' | head -c 300000");
    expect(text).not.toContain("\ufffd");
    expect(text).toMatch(/bytes left out/);
  });

  it("kills one that ignores SIGTERM, with its group, when its time is up", async () => {
    const started = Date.now();
    const { text } = await sh("trap '' TERM; echo on; sleep 7130 & while :; do sleep 1; done", {
      timeout_seconds: 1,
    });
    expect(text).toBe("on\n[killed after 1 s, its time limit]");
    expect(Date.now() - started).toBeLessThan(8_000);
    expect(runsNow("sleep 7130")).toBe(false);
  });

  it("waits for no background child, and leaves none of its group alive", async () => {
    const started = Date.now();
    const { text } = await sh("sleep 7131 & sleep 0.2; kill -0 $! && echo begun");
    expect(text).toBe("begun\n[exit code 0]");
    expect(Date.now() - started).toBeLessThan(8_000);
    expect(runsNow("sleep 7131")).toBe(false);
  });

  it("gives a command that is cancelled up, and rejects with the reason", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const call = tools.ask("shell", { argv: ["sleep", "7132"] }, controller.signal);
    await expect.poll(() => runsNow("sleep 7132"), { timeout: 15_000 }).toBe(true);
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    await expect.poll(() => runsNow("sleep 7132"), { timeout: 15_000 }).toBe(false);
    await expect(tools.ask("list", {}, controller.signal)).rejects.toBe(reason);
  });

  it("answers fifty calls at once, each with its own", async () => {
    for (let index = 0; index < 25; index += 1) tools.put(`f${index}.txt`, `words ${index}\n`);
    const calls = Array.from({ length: 50 }, (_, index) =>
      index % 2 === 0
        ? tools.ask("read", { path: `f${index / 2}.txt` })
        : shell(["echo", `words ${(index - 1) / 2}`]),
    );
    const outcomes = await Promise.all(calls);
    expect(outcomes.map(({ text }) => /words \d+/.exec(text)?.[0])).toEqual(
      calls.map((_, index) => `words ${Math.floor(index / 2)}`),
    );
  });
});
