import { TASK_STATES } from "@pm/core";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/commands/table.ts";
import { runPm } from "../run-pm.ts";

describe("the command line", () => {
  it.each([
    [["statsu"], "E114", "Did you mean status?"],
    [["stat"], "E114", "Did you mean status?"],
    [["verfiy", "session-1"], "E114", "Did you mean verify?"],
    [["start", "--prjoect", "x"], "E115", "There is no option --prjoect. Did you mean --project?"],
    [["status", "session-1", "--task", "x"], "E115", "There is no option --task."],
    [["start", "-x"], "E115", "There is no option -x."],
    [["start", "--kind", "magic"], "E115", "allowed are change, refactor, docs, answer"],
    [["start", "--task"], "E115", "--task needs a value"],
    [["start", "--task", "--model"], "E115", "--task=--model"],
    [["start", "--json=yes"], "E115", "--json takes no value"],
    [["start", "--project="], "E115", "empty value"],
    [["validate", "extra"], "E115", "Unexpected argument: extra."],
    [["completion", "tcsh"], "E115", "allowed are bash, zsh, fish"],
    [["completion"], "E115", "needs <shell>"],
    [["continue"], "E201", "No session id was given."],
    [["status", ""], "E201", "No session id was given."],
    [["status", "session-1", "--namespace", "Not_ok"], "E117", "Not_ok is no namespace."],
    [["queue"], "E115", "needs <action>"],
    [["queue", "stauts"], "E115", "allowed are status, create. Did you mean status?"],
    [["queue", "status", "--policy"], "E115", "--shards and --policy are for pm queue create"],
    [["queue", "create", "--shards", "0"], "E115", "a whole number from 1 to 64"],
    [["tasks", "--state", "DONE"], "E115", "allowed are QUEUED, RUNNING, AWAITING_APPROVAL"],
    [["tasks", "--limit", "1.5"], "E115", "a whole number from 1 to 100"],
    [["tasks", "--sessions", "--state", "QUEUED"], "E115", "--sessions goes with --project only"],
    [["start", "--detach"], "E115", "--detach needs a task"],
    [["worker", "--concurrency", "5"], "E115", "parallel_limits.executors of /work allows 4"],
    [["worker", "--concurrency", "no"], "E115", "a whole number from 1 to 99"],
    [["help", "statsu"], "E114", "Did you mean status?"],
    [["--bogus"], "E115", "There is no option --bogus."],
    [["--bogus", "status"], "E115", "There is no option --bogus."],
  ])("refuses %j with %s and exit code 2", async (args, code, words) => {
    const run = await runPm(args);
    expect(run.err).toContain(`${code} `);
    expect(run.err.replace(/\s+/g, " ")).toContain(words);
    expect(run.err).toContain("\n  Fix: ");
    expect(run.out).toBe("");
    expect(run.code).toBe(2);
  });

  it.each(["serve", "secrets", "toString", "__proto__"])("knows no command %s", async (name) => {
    const run = await runPm([name]);
    expect(run.err).toContain(`E114 Unknown command: There is no command ${name}.`);
    expect(run.code).toBe(2);
  });

  it("suggests nothing for a word that is near no command", async () => {
    expect((await runPm(["frobnicate"])).err).not.toContain("Did you mean");
  });

  it("prints a usage error as one object with --json, wherever that stands", async () => {
    for (const args of [
      ["start", "--json", "--prjoect", "x"],
      ["--json", "start", "--prjoect", "x"],
    ]) {
      const run = await runPm(args);
      expect(run.err).toBe("");
      expect(JSON.parse(run.out)).toEqual({
        error: {
          code: "E115",
          title: "Invalid arguments",
          message: "There is no option --prjoect. Did you mean --project?",
          hint: "Run: pm start --help",
          data: { reason: "There is no option --prjoect. Did you mean --project?", command: "start" },
        },
      });
    }
  });

  it("takes options before the command", async () => {
    const seen: (string | undefined)[] = [];
    const engine = {
      sessions: async (project?: string) => {
        seen.push(project);
        return [];
      },
    };
    expect((await runPm(["--project", "/nowhere/p", "--quiet", "tasks", "--sessions"], engine)).code).toBe(0);
    expect(seen).toEqual(["/nowhere/p"]);
  });

  it("shows help on stderr and fails where nothing was asked for", async () => {
    const run = await runPm([]);
    expect(run.code).toBe(2);
    expect(run.out).toBe("");
    expect(run.err).toContain("Examples");
  });

  it("says so in the error object where nothing was asked for with --json", async () => {
    const run = await runPm(["--json"]);
    expect(JSON.parse(run.out).error).toMatchObject({ code: "E115", hint: "Run: pm --help" });
    expect(run.code).toBe(2);
  });
});

describe("help", () => {
  it("lists every command with its summary, examples first", async () => {
    const run = await runPm(["--help"], {}, { columns: 200 });
    expect(run.code).toBe(0);
    for (const { name, summary } of COMMANDS)
      expect(run.out).toMatch(new RegExp(`^ {2}${name} +${summary}$`, "m"));
    expect(run.out.indexOf("Examples")).toBeLessThan(run.out.indexOf("Commands"));
    expect(run.err).toBe("");
  });

  it.each(COMMANDS.map((command) => command.name))("of %s is the same in three ways", async (name) => {
    const command = COMMANDS.find((candidate) => candidate.name === name);
    const { out } = await runPm([name, "--help"], {}, { columns: 300 });
    expect((await runPm(["help", name], {}, { columns: 300 })).out).toBe(out);
    expect((await runPm([name, "anything", "--nonsense", "-h"], {}, { columns: 300 })).out).toBe(out);
    expect(out.indexOf("Examples")).toBeLessThan(out.indexOf("Usage"));
    for (const option of command?.options ?? []) expect(out).toContain(`--${option.name}`);
    for (const example of command?.examples ?? []) expect(out).toContain(example.line);
  });

  it("never writes past a narrow terminal but for words and examples that can't be broken", async () => {
    const { out } = await runPm(["start", "--help"], {}, { columns: 40 });
    const options = out.slice(out.indexOf("Options\n"));
    for (const line of options.split("\n")) expect(line.length).toBeLessThanOrEqual(40);
  });

  it("leaves a help flag after -- to the prompt", async () => {
    const prompts: string[] = [];
    const engine = {
      start: async (input: { tasks: readonly { prompt: string }[] }) => {
        prompts.push(...input.tasks.map((task) => task.prompt));
        throw new Error("enough");
      },
    };
    await runPm(["start", "--", "add", "--help"], engine);
    expect(prompts).toEqual(["add --help"]);
  });
});

describe("lists of the command line", () => {
  it("has every state of the queue", () => {
    const state = COMMANDS.flatMap((command) => command.options).find(({ name }) => name === "state");
    expect(state?.choices).toEqual(TASK_STATES);
  });
});
