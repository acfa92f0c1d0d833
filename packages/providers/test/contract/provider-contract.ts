/** What every provider that asks a model over an API has to keep, on a scripted model and in the real isolation. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type AgentRunRequest, type AgentRunResult, agentRunRecordSchema } from "@pm/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { filesHolding } from "../../../../test/support/files-holding.ts";
import {
  type MessagesServer,
  type Script,
  startMessagesServer,
} from "../../../../test/support/messages-server/server.mjs";
import * as turn from "../../../../test/support/messages-server/turns.mjs";
import { isolatedExec } from "../support/isolated-exec.ts";
import { formsOf, KEY as HARD_KEY, leaves } from "../support/key-forms.ts";
import { makeTestRun, type TestRun } from "../support/make-request.ts";
import { runsNow } from "../support/runs-now.ts";
import type { Driver } from "./driver.ts";

const KEY = "sk-ant-api03-canary+7f3a9c51/d2e84b60";

const PLANNING = {
  phase: "PLANNING",
  subtaskId: null,
  access: "read",
  prompt: "Phase: PLANNING\nPlan it",
  output: {
    name: "plan",
    jsonSchema: {
      type: "object",
      properties: { a: { type: "string" } },
      required: ["a"],
      additionalProperties: false,
    },
  },
} as const;

export function describeProvider(driver: Driver): void {
  describe(`the provider contract, kept by ${driver.name}`, () => {
    let run: TestRun;
    let server: MessagesServer | undefined;
    beforeEach(() => {
      run = makeTestRun();
    });
    afterEach(async () => {
      await server?.close();
      rmSync(run.dir, { recursive: true, force: true });
    });

    async function ask(
      script: Script,
      { key = KEY, ...overrides }: Partial<AgentRunRequest> & { readonly key?: string } = {},
    ): Promise<AgentRunResult> {
      server = await startMessagesServer(withAsides(script, driver));
      const provider = driver.make(run, server, key);
      const exec = isolatedExec(run, overrides.access ?? "write");
      const result = await provider.run(run.request({ exec, ...overrides }));
      agentRunRecordSchema.parse(result.record);
      return result;
    }
    const handIn = (value: unknown) =>
      driver.answer === null ? turn.text(JSON.stringify(value)) : turn.tools(driver.answer(value));
    const always = (one: turn.Turn) => () => one;
    const sent = () => JSON.stringify(server?.requests.map(({ body }) => body));

    it("writes and edits files in the isolation, and records what it did", async () => {
      writeFileSync(join(run.workspace, "b.txt"), "one\ntwo\n");
      const result = await ask([
        turn.tools(driver.write(run.workspace, "a.txt", "hello")),
        turn.tools(driver.read(run.workspace, "b.txt")),
        turn.tools(driver.edit(run.workspace, "b.txt", "two", "three")),
        turn.tools(driver.shell(["cp", "a.txt", "c.txt"])),
        turn.text("done"),
      ]);
      expect(result.record).toMatchObject({
        exit_code: 0,
        termination: "exited",
        result_events: 1,
        is_error: false,
        outcome: "success",
        tool_calls: 4,
        denials: [],
        malformed_lines: 0,
        survivors: 0,
        error_code: null,
      });
      const calls = server?.requests.filter(({ index }) => index >= 0).length ?? 0;
      expect(calls > 5).toBe(driver.isAside !== undefined);
      expect(result.record.usage).toMatchObject({ input_tokens: 10 * calls, output_tokens: 5 * calls });
      expect(result.text).toBe("done");
      expect(readFileSync(join(run.workspace, "b.txt"), "utf8")).toBe("one\nthree\n");
      expect(readFileSync(join(run.workspace, "c.txt"), "utf8")).toBe("hello");
      expect(run.activities.filter(({ kind }) => kind === "tool")).toHaveLength(4);
      expect(result.transcript).toContain("b.txt");
    });

    it.skipIf(driver.answer === null)("hands in a structured answer, which is no tool call", async () => {
      const result = await ask([handIn({ a: "1" })], PLANNING);
      expect(result.structured).toEqual({ a: "1" });
      expect(result.record).toMatchObject({ is_error: false, tool_calls: 0, result_events: 1 });
    });

    it("takes a text for an answer that is nothing but JSON", async () => {
      const words = turn.text('```json\n{"a": "2"}\n```');
      expect((await ask([words, words], PLANNING)).structured).toEqual({ a: "2" });
    });

    it.skipIf(!driver.resumes)(
      "gives a re-ask in the same conversation, whose usage is not counted twice",
      async () => {
        server = await startMessagesServer(({ body }) =>
          JSON.stringify(body).includes("Again") ? handIn({ a: "3" }) : turn.text("no"),
        );
        const provider = driver.make(run, server, KEY);
        const request = { ...PLANNING, exec: isolatedExec(run, "read") };
        const first = await provider.run(run.request(request));
        const again = { ...request, attempt: 2, prompt: "Phase: PLANNING\nAgain" };
        const second = await provider.run(run.request(again));
        expect(first.structured).toBeUndefined();
        expect(first.record).toMatchObject({ is_error: false, exit_code: 0 });
        expect(second.structured).toEqual({ a: "3" });
        expect(second.record.usage).toMatchObject({ input_tokens: 10, output_tokens: 5 });
        expect(JSON.stringify(server.requests.at(-1)?.body)).toContain("Plan it");
      },
    );

    it.each<[string, turn.Turn, string]>([
      ["400", turn.httpError(400), "E511"],
      ["400 of credit", turn.httpError(400, "Your credit balance is too low to access the API."), "E512"],
      ["400 of length", turn.httpError(400, "prompt is too long: 210000 tokens > 200000 maximum"), "E514"],
      ["401", turn.httpError(401), "E504"],
      ["403", turn.httpError(403), "E504"],
      ["404", turn.httpError(404, "model: gpt-0 not found"), "E513"],
      ["413", turn.httpError(413), "E514"],
      ["a refusal", turn.refusal(), "E515"],
      ["an answer that is too long", turn.maxTokens(), "E524"],
    ])("tells API %s by its code", async (name, answer, code) => {
      const { record } = await ask(always(answer));
      expect(record).toMatchObject({
        is_error: true,
        termination: "exited",
        exit_code: driver.exitOfFailure,
      });
      expect(record.error_code).toBe(driver.codes[name] ?? code);
      expect(record.error_message).not.toBe("");
    });

    it.each<[string, turn.Turn, string]>([
      ["429", turn.httpError(429), "E505"],
      ["500", turn.httpError(500), "E506"],
      ["529", turn.httpError(529), "E506"],
      ["a stream that breaks off", turn.truncated(), "E524"],
    ])(
      "tries again after API %s, and tells it by its code at last",
      async (name, answer, code) => {
        const { record } = await ask(always(answer));
        expect(record).toMatchObject({ is_error: true, exit_code: driver.exitOfFailure });
        expect(record.error_code).toBe(driver.codes[name] ?? code);
        expect(server?.requests.filter(({ index }) => index >= 0).length).toBeGreaterThan(1);
      },
      60_000,
    );

    it.each([
      ["a rate limit", turn.httpError(429, "slow down", { "retry-after": "0" })],
      ["a stream that broke off", turn.truncated()],
    ])("goes on after %s that passes", async (_, answer) => {
      const { record } = await ask([answer, turn.text("done")]);
      expect(record).toMatchObject({ is_error: false, exit_code: 0, error_code: null });
    });

    it("ends a hanging API at the idle limit", async () => {
      const limits = { seconds: 60, idleSeconds: 3 };
      const { record } = await ask(always(turn.hang("middle")), { limits });
      expect(record).toMatchObject({ termination: "idle_limit", error_code: "E210", is_error: true });
      expect(record.result_events).toBe(0);
    });

    it("ends a run at its limit, and its tools with it", async () => {
      const script = [turn.tools(driver.shell(["sleep", "300"]))];
      const { record } = await ask(script, { limits: { seconds: 4, idleSeconds: 30 } });
      expect(record).toMatchObject({ termination: "time_limit", error_code: "E211", is_error: true });
    });

    it("records an abort as one", async () => {
      const stop = new AbortController();
      const onActivity = () => void setTimeout(() => stop.abort(), 200);
      const script = [turn.tools(driver.shell(["sleep", "300"]))];
      const { record } = await ask(script, { signal: stop.signal, onActivity });
      expect(record).toMatchObject({ termination: "aborted", is_error: true, error_code: null });
    });

    it("lets no file outside the workspace be written, and names what was refused", async () => {
      const outside = join(run.dir, "outside.txt");
      const { record } = await ask([turn.tools(driver.write("/", outside.slice(1), "x")), turn.text("done")]);
      expect(record).toMatchObject({ exit_code: 0, is_error: false });
      expect(record.denials.join()).toContain(outside);
      expect(existsSync(outside)).toBe(false);
    });

    it("stops what a command left running, and counts it where it can be told from the agent", async () => {
      const nap = `sleep ${100_000 + process.pid}`;
      const left = driver.shell(["sh", "-c", `setsid ${nap} >/dev/null 2>&1 & sleep 0.2`]);
      const { record } = await ask([turn.tools(left), turn.text("done")]);
      expect(record.survivors).toBe(driver.endsItself ? 1 : 0);
      expect(runsNow(nap)).toBe(false);
    });

    it("leaves the key in no transcript, record, activity or file, and gives it to no child", async () => {
      const leak = ["sh", "-c", "env; cat /proc/*/environ | tr '\\0' '\\n'"] as const;
      const result = await ask([turn.tools(driver.shell(leak)), turn.text("done")]);
      expect(result.record.is_error).toBe(false);
      expect(sent()).toContain("HOME=");
      expect(sent()).not.toContain(KEY);
      expect(JSON.stringify([result, run.activities])).not.toContain(KEY);
      expect(filesHolding(run.dir, KEY)).toEqual([]);
    });

    it("leaves the key in no transcript, record, activity or answer, in whichever of twelve forms it is said", async () => {
      const forms = Object.values(formsOf(HARD_KEY));
      const words = forms.join(" ; ");
      const says = {
        content: [
          ...(turn.text(words).content ?? []),
          ...(turn.tools(driver.shell(["echo", ...forms])).content ?? []),
        ],
      };
      const done = await ask([says, turn.text(`It is ${words}`)], { key: HARD_KEY });
      expect(done.record).toMatchObject({ is_error: false, tool_calls: 1 });
      const told = [...leaves(done), ...leaves(run.activities)];
      expect(told.join()).toContain("[redacted:known-secret]");
      // Its edges hold no whole letter of the key, and may stay.
      for (const form of forms) for (const text of told) expect(text).not.toContain(form.slice(6, -6));
    });
  });
}

/** A script of turns is for the conversation; whatever is asked beside it has an answer of its own. */
function withAsides(script: Script, { isAside }: Driver): Script {
  if (isAside === undefined) return script;
  const left = typeof script === "function" ? [] : [...script];
  return (request) => {
    if (isAside(request.body ?? {})) return turn.text("none");
    return typeof script === "function"
      ? script(request)
      : (left.shift() ?? turn.httpError(400, "the script has run out"));
  };
}
