import type { PassThrough } from "node:stream";
import { type AgentRunRequest, chooseIsolation } from "@pm/core";
import { afterEach, describe, expect, it } from "vitest";
import { openToolHost } from "../../src/tools/open-tool-host.ts";
import { plainExec } from "../support/plain-exec.ts";
import { runsNow } from "../support/runs-now.ts";
import { openTestTools, type TestTools, type TestToolsOptions } from "../support/test-tools.ts";

const opened: TestTools[] = [];
afterEach(async () => {
  for (const tools of opened.splice(0)) await tools.close();
});
function open(options: TestToolsOptions = {}): TestTools {
  const tools = openTestTools(options);
  opened.push(tools);
  return tools;
}

describe("the end of a tool host", () => {
  it("leaves nothing alive that a tool started, even in a session of its own (H5)", async () => {
    const tools = open({ isolated: true });
    const { text } = await tools.ask("shell", {
      argv: ["sh", "-c", "setsid sleep 7123 >/dev/null 2>&1 & setsid sleep 7124 & sleep 0.3; echo done"],
    });
    expect(text).toContain("done");
    const level = (await chooseIsolation({ required: false })).level;
    if (level === "sandbox") expect(runsNow("sleep 7123")).toBe(true);
    const result = await tools.host.end();
    expect(result).toMatchObject({ termination: "exited", exitCode: 0, survivors: 2 });
    expect(runsNow("sleep 7123") || runsNow("sleep 7124")).toBe(false);
  });

  it.each([false, true])(
    "ends commands that are under way, whose calls reject (isolated: %s)",
    async (isolated) => {
      const tools = open({ isolated });
      await tools.ask("list", {});
      const call = tools.ask("shell", { argv: ["sleep", "7125"] });
      await expect.poll(() => runsNow("sleep 7125"), { timeout: 15_000 }).toBe(true);
      const end = tools.host.end();
      await expect(call).rejects.toThrow("it was ended");
      expect(await end).toMatchObject({ termination: "exited" });
      await expect.poll(() => runsNow("sleep 7125"), { timeout: 15_000 }).toBe(false);
      await expect(tools.ask("list", {})).rejects.toThrow("the tool host is gone");
      expect(await tools.host.end()).toBe(await tools.host.ended);
    },
  );

  it.each([false, true])(
    "killed by the agent's own command: calls reject, `ended` resolves (isolated: %s)",
    async (isolated) => {
      const tools = open({ isolated });
      const call = tools.ask("shell", { argv: ["sh", "-c", "kill -9 $PPID; sleep 30"] });
      await expect(call).rejects.toThrow(/the tool host is gone: exited/);
      expect((await tools.host.ended).termination).toBe("exited");
      await expect(tools.ask("list", {})).rejects.toThrow("the tool host is gone");
    },
  );

  it("stopped by the agent's own command: the call counts as overdue and the host is killed", async () => {
    const tools = open({ isolated: true, patienceSeconds: 1 });
    const call = tools.ask("shell", { argv: ["sh", "-c", "kill -STOP $PPID"], timeout_seconds: 1 });
    await expect(call).rejects.toThrow("shell did not answer in time");
    expect((await tools.host.ended).termination).toBe("aborted");
  });

  it("aborted or out of time with the run: calls reject and say why", async () => {
    const controller = new AbortController();
    const aborted = open({ request: { signal: controller.signal } });
    const call = aborted.ask("shell", { argv: ["sleep", "30"] });
    controller.abort();
    await expect(call).rejects.toThrow(/the tool host is gone: aborted/);

    const late = open({ isolated: true, request: { limits: { seconds: 1, idleSeconds: 1 } } });
    await expect(late.ask("shell", { argv: ["sleep", "30"] })).rejects.toThrow(/did not|time_limit/);
    expect((await late.host.ended).termination).toBe("time_limit");
  });

  it("a run that only reads has the reading tools, and no other is called", async () => {
    const tools = open({ access: "read", isolated: true });
    tools.put("a.txt", "one\n");
    expect(tools.host.definitions.map(({ name }) => name)).toEqual(["read", "list", "glob", "grep"]);
    expect(await tools.ask("grep", { pattern: "one" })).toMatchObject({ text: "a.txt:1:one" });
    const refused = await tools.ask("shell", { argv: ["id"] });
    expect(refused).toMatchObject({ isError: true, text: expect.stringContaining("there is no tool shell") });
  });
});

describe("what says it is the tool host", () => {
  /** A host whose process is another program. */
  const impostor = (script: string) => {
    const tools = open();
    const exec = plainExec(tools.run.workspace, tools.run.home);
    const request: AgentRunRequest = tools.run.request({
      exec: (spec) => exec({ ...spec, argv: ["sh", "-c", script] }),
    });
    return openToolHost(request, { patienceSeconds: 5 });
  };
  const never = new AbortController().signal;

  it.each([
    ["no JSON", "echo hello; sleep 30", /no answer/],
    [
      "an answer with more to it",
      `echo '{"id":"x","text":"","isError":false,"denied":null,"then":1}'; sleep 30`,
      /no answer/,
    ],
    [
      "a line of 2 MB",
      "head -c 2000000 /dev/zero | tr '\\0' x; echo; sleep 30",
      /a line of more than 1048576 bytes/,
    ],
    ["bytes without end", "yes | tr -d '\\n'", /a line of more than 1048576 bytes/],
    ["nothing, and ends", "echo broken >&2; exit 4", /exited, exit code 4, broken/],
  ])("%s: the call rejects and the process is ended", async (_, script, expected) => {
    const host = impostor(script);
    const call = host.call({ name: "list", input: {} }, never);
    await expect(call).rejects.toThrow(expected);
    await host.ended;
  });

  it("an answer that nobody asked for: as bad as none", async () => {
    const host = impostor(
      `read -r line; echo '{"id":"x","text":"","isError":false,"denied":null}'; sleep 30`,
    );
    const call = host.call({ name: "list", input: {} }, never);
    await expect(call).rejects.toThrow("it answered what nobody had asked");
    await host.ended;
  });

  it("a command that writes to the host's own output has no way there", async () => {
    const tools = open({ isolated: true });
    const script = "for fd in 0 1 2; do echo '{}' > /proc/$PPID/fd/$fd; done 2>&1; echo end";
    expect((await tools.ask("shell", { argv: ["sh", "-c", script] })).text).toContain("end\n[exit code 0]");
    expect(await tools.ask("list", {})).toMatchObject({ isError: false });
  });

  it("a call that was given up is answered late, which does no harm", async () => {
    const tools = open();
    for (let round = 0; round < 5; round += 1) {
      const controller = new AbortController();
      const call = tools.ask("list", {}, controller.signal);
      controller.abort(new Error("enough"));
      await expect(call).rejects.toThrow("enough");
    }
    expect(await tools.ask("list", {})).toMatchObject({ isError: false });
  });

  it("can't be started: the call rejects and says why", async () => {
    const tools = open();
    const exec = plainExec(tools.run.workspace, tools.run.home);
    const host = openToolHost(
      tools.run.request({ exec: (spec) => exec({ ...spec, argv: ["/no/such/node"] }) }),
      { patienceSeconds: 5 },
    );
    await expect(host.call({ name: "list", input: {} }, never)).rejects.toThrow(/spawn_failed/);
    expect((await host.ended).termination).toBe("spawn_failed");
  });
});

it("goes on when its input is a stream that the isolation never read", async () => {
  const tools = open();
  const host = openToolHost(
    tools.run.request({
      exec: async (spec) => {
        (spec.stdin as PassThrough).destroy(new Error("gone"));
        throw new Error("no isolation here");
      },
    }),
    { patienceSeconds: 5 },
  );
  await expect(host.ended).rejects.toThrow("no isolation here");
  await expect(host.call({ name: "list", input: {} }, new AbortController().signal)).rejects.toThrow(
    "no isolation here",
  );
});
