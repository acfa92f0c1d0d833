import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSecretInput, maskInput } from "../../../src/repl/table/mask-input.ts";
import { parseLine } from "../../../src/repl/table/parse-line.ts";
import { REPL_COMMANDS } from "../../../src/repl/table/repl-commands.ts";
import { usage } from "../../../src/repl/table/usage.ts";
import { recordOf } from "../../web/records.ts";
import { PROMPT, replBench } from "../controller/repl-bench.ts";

const parse = (line: string) => parseLine(line, REPL_COMMANDS);

describe("every row of the table", () => {
  it("does what the seed says when it is typed", async () => {
    const record = recordOf({ url: "http://localhost:5678" });
    const bench = replBench({ web: { start: async () => ({ record, loginUrl: null, log: "web.log" }) } });
    const typed: string[] = [];
    const type = (line: string) => {
      typed.push(/^\/(\w+)/.exec(line)?.[1] ?? "");
      return bench.typeAndWait(line);
    };
    expect(await type("/help")).toMatch(/Session {4}none yet[\s\S]*Project[\s\S]*Worker {5}on/);
    expect(await type("/init")).toContain("Nothing to create; everything is there");
    expect(await type("/model")).toContain("Model: the default of replay:");
    expect(await type("/model opus")).toContain("Model: opus");
    expect(await type("/models")).toContain("A recording has no models");
    expect(await type("/provider claude-code")).toContain("Key Setup Mode");
    expect(await type("/keys")).toMatch(/anthropic\s+NOT SET\nopenai\s+NOT SET/);
    expect(await type("/keys set openai sk-canary-1")).toMatch(/openai\s+SET\s+config\.json/);
    expect(await type("/models")).toMatch(/sonnet[\s\S]*opus[\s\S]*haiku/);
    expect(await type(`/provider replay:${bench.recording}`)).toContain("Provider: replay:");
    expect(await type("/provider")).toContain(`Provider: replay:${bench.recording}`);
    for (const line of ["/status", "/tasks", "/approve", "/logs", "/diff", "/verify", "/cancel"]) {
      expect(await type(line)).toMatch(/E201[\s\S]*Fix: Type \/start/);
    }
    expect(await type("/start")).toContain("INCOMPLETE  session-");
    const id = bench.controller.view().sessionId ?? "";
    expect(await type("/tasks")).toContain(`${id} has no task yet`);
    expect(await type("/diff")).toContain("E235");
    await bench.typeAndWait(PROMPT);
    expect(await type("/status")).toContain(`COMPLETE  ${id}`);
    expect(await type("/tasks")).toMatch(/task-1\s+COMPLETE/);
    expect(await type("/approve")).toContain("E207");
    expect(await type(`/continue ${id}`)).toContain("E204");
    expect(await type("/continue session-0nope")).toContain("E203");
    expect(await type("/continue nope")).toContain("E202");
    expect(await type("/logs")).toMatch(/Task\s+Lines\s+Last\ntask-1/);
    expect(await type("/logs task-1")).toMatch(/task-1 {2}COMPLETE[\s\S]*EXECUTION passed/);
    expect(await type(`/logs ${id}.1`)).toContain("Log of task-1");
    expect(await type("/logs task-9")).toContain("E203");
    expect(await type("/diff")).toContain("+++ b/src/slug.js");
    expect(await type("/verify")).toContain("VERIFIED");
    expect(await type("/cancel")).toContain("Nothing to cancel");
    expect(await type("/web")).toContain("Web UI   http://localhost:5678");
    expect(await type("/clear")).toContain("The next task opens a new one".replace("one", "session"));
    expect(bench.controller.view().sessionId).toBeNull();
    await type("/exit");
    expect(bench.controller.view().ended).toBe(true);
    expect([...new Set(typed)].sort()).toEqual(REPL_COMMANDS.map(({ name }) => name).sort());
  });

  it("has the commands and the arguments of the seed's table", () => {
    const lines = REPL_COMMANDS.map(usage);
    for (const line of [
      ...["/help", "/init", "/model [name]", "/start", "/continue <id>", "/status", "/tasks", "/approve"],
      ...["/exit", "/provider [name]", "/models", "/keys [set <provider> <key>]", "/logs [task-id]"],
    ]) {
      expect(lines).toContain(line);
    }
  });
});

describe("a line", () => {
  it.each([
    ["", "empty"],
    ["   ", "empty"],
    ["fix it", "task"],
    ["fix /help", "task"],
    ["  /help", "command"],
    ["/", "command"],
    ["/help", "command"],
    ["/HELP", "error"],
    ["/etc/hosts is wrong", "error"],
  ])("%j is %s", (line, kind) => {
    expect(parse(line).kind).toBe(kind);
  });

  it("that is no command is an error with the nearest name (E114), never a task", () => {
    expect(parse("/stauts")).toMatchObject({
      report: { code: "E114", message: "There is no command /stauts. Did you mean /status?" },
    });
    void fc.assert(
      fc.property(fc.string(), (rest) => {
        const parsed = parse(`/${rest}`);
        expect(parsed.kind).not.toBe("task");
        expect(parsed.kind).not.toBe("empty");
      }),
    );
  });

  it("that is a task keeps every character", () => {
    void fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const parsed = parse(text);
        if (parsed.kind === "task") expect(parsed.prompt).toBe(text);
        else expect(text.trim() === "" || text.trim().startsWith("/")).toBe(true);
      }),
    );
  });

  it.each([
    ["/continue", "Type: /continue <id>"],
    ["/continue a b", "Type: /continue <id>"],
    ["/exit now", "Type: /exit"],
    ["/model 'x", "Type: /model [name]"],
    ["/keys set a b c", "Type: /keys [set <provider> <key>]"],
  ])("%s is answered with its usage (E115)", (line, hint) => {
    expect(parse(line)).toMatchObject({ kind: "error", report: { code: "E115", hint } });
  });

  it("is split as a shell would, without one", () => {
    expect(parse("/provider 'replay:/a b/c.json'")).toMatchObject({ words: ["replay:/a b/c.json"] });
    expect(parse("/model claude-sonnet-4-5[1m]")).toMatchObject({ words: ["claude-sonnet-4-5[1m]"] });
  });
});

describe("a key that is typed", () => {
  it("is masked wherever it stands in the line", () => {
    const key = fc.stringMatching(/^[A-Za-z0-9_-]{8,40}$/);
    const lead = fc.constantFrom(
      "/keys set openai ",
      "/keys set ",
      "/key set anthropic ",
      "/kyes x ",
      "/x set ",
    );
    void fc.assert(
      fc.property(lead, key, fc.constantFrom("", " ", " more"), (before, secret, after) => {
        fc.pre(!before.includes(secret));
        const line = before + secret + after;
        expect(maskInput(line)).not.toContain(secret);
        expect(isSecretInput(line, REPL_COMMANDS)).toBe(true);
      }),
    );
    expect(maskInput("/keys set openai sk-1")).toBe("/keys set openai ••••••");
    expect(isSecretInput("/keys set", REPL_COMMANDS)).toBe(true);
    expect(isSecretInput("/keys", REPL_COMMANDS)).toBe(false);
    expect(isSecretInput("set the key", REPL_COMMANDS)).toBe(false);
  });
});
