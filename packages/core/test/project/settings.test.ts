import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isRunnerError, type RunnerError } from "../../src/errors/runner-error.ts";
import { CLAUDE_KEYS } from "../../src/project/own-keys.ts";
import { defaultSettings, parseSettings } from "../../src/project/parse-settings.ts";

const RANGES = [
  ["task_limits.files", 1, 20, 5],
  ["task_limits.tests", 1, 50, 10],
  ["task_limits.seconds", 30, 900, 300],
  ["parallel_limits.subagents", 1, 9, 9],
  ["parallel_limits.executors", 1, 4, 4],
  ["timeouts.deadlock_timeout_seconds", 30, 300, 60],
  ["timeouts.operation_timeout_seconds", 10, 600, 120],
  ["evidence_settings.retention_days", 1, 365, 30],
  ["qa.repair_attempts", 0, 3, 0],
] as const;

const nested = (path: string, value: unknown) => {
  const [section = "", key = ""] = path.split(".");
  return JSON.stringify({ [section]: { [key]: value } });
};
const valueAt = (settings: object, path: string) =>
  path.split(".").reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], settings);

function refusal(text: string): RunnerError {
  try {
    parseSettings(text, "settings.json");
  } catch (error) {
    if (isRunnerError(error)) return error;
    throw error;
  }
  throw new Error("accepted");
}

describe("every setting has its range and default", () => {
  it.each(RANGES)("%s is %i to %i, default %i", (path, min, max, fallback) => {
    expect(valueAt(defaultSettings(), path)).toBe(fallback);
    for (const value of [min, min + 1, max - 1, max])
      expect(valueAt(parseSettings(nested(path, value), "s"), path)).toBe(value);
    for (const value of [min - 1, max + 1, min + 0.5, String(min), null, true, [min]]) {
      const error = refusal(nested(path, value));
      expect(error.code).toBe("E108");
      expect(error.message).toContain(
        `settings.json: ${path} is ${JSON.stringify(value)}; allowed: ${min} to ${max}`,
      );
    }
  });
  it.each(RANGES)("%s accepts exactly the whole numbers of its range", (path, min, max) => {
    fc.assert(
      fc.property(
        fc.oneof(fc.integer({ min: -5, max: 1000 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
        (value) => {
          const fits = Number.isInteger(value) && value >= min && value <= max;
          if (fits) parseSettings(nested(path, value), "s");
          else expect(refusal(nested(path, value)).code).toBe("E108");
        },
      ),
    );
  });
});

describe("keys that are not ours", () => {
  it("are left alone: Claude Code's, and such as look like none of ours", () => {
    for (const key of [...CLAUDE_KEYS, "ui", "foo", "custom_thing", "tests", "theme", "__proto__"]) {
      expect(parseSettings(`{${JSON.stringify(key)}: {"x": 1}}`, "s")).toEqual(defaultSettings());
    }
  });
  it.each([
    ["task_limit", "task_limits"],
    ["tasklimits", "task_limits"],
    ["taskLimits", "task_limits"],
    ["Task-Limits", "task_limits"],
    ["time_outs", "timeouts"],
    ["timeout", "timeouts"],
    ["QA", "qa"],
    ["isolaton", "isolation"],
    ["requireSandbox", "require_sandbox"],
    ["evidence_setting", "evidence_settings"],
    ["executors", "parallel_limits.executors"],
    ["retentionDays", "evidence_settings.retention_days"],
  ])("%s is taken for a misspelt %s", (key, meant) => {
    expect(refusal(JSON.stringify({ [key]: {} })).message).toContain(
      `${key} is no key of pm's; did you mean ${meant}?`,
    );
  });
  it("are refused inside our sections", () => {
    expect(refusal('{"task_limits":{"file":3}}').message).toContain(
      "task_limits.file is no key of pm's; did you mean files?",
    );
    expect(refusal('{"task_limits":{"zebra":3}}').message).toContain("allowed: files, tests, seconds");
    expect(refusal('{"timeouts":{"__proto__":3}}').code).toBe("E108");
  });
});

describe("parseSettings", () => {
  it("tells everything that is wrong at once", () => {
    const error = refusal(
      '{"task_limits":{"files":0,"tests":51},"parallel_limit":{},"isolation":"vm","require_sandbox":"yes"}',
    );
    const { problems } = error.data as { problems: { message: string; data: { setting: string } }[] };
    expect(problems.map(({ data }) => data.setting)).toEqual([
      "parallel_limit",
      "task_limits.files",
      "task_limits.tests",
      "isolation",
      "require_sandbox",
    ]);
    for (const name of ["task_limits.files", "isolation", "true or false", '"sandbox" or "process"'])
      expect(problems.map(({ message }) => message).join("\n")).toContain(name);
    expect(error.message).toContain("There are 4 more: pm validate lists them.");
  });
  it.each([
    ["npm test | tee x", "a pipe"],
    ["a && b", "&"],
    ["npm test; rm x", "a semicolon"],
    ["echo $(x)", "a command substitution"],
    ["npm 'test", "not closed"],
    ["CI=1 npm test", "env CI=1"],
  ])("refuses the QA command %s", (command, why) => {
    const error = refusal(JSON.stringify({ qa: { commands: ["npm test", command] } }));
    expect(error.code).toBe("E108");
    expect(error.message).toContain("qa.commands[1]");
    expect(error.message).toContain(why);
  });
  it("may name the report file of their runner, below the project", () => {
    const entry = { command: ["mvn", "-q", "test"], report: "target/surefire-reports" };
    const of = (report: string) => JSON.stringify({ qa: { commands: [{ ...entry, report }] } });
    expect(parseSettings(of(entry.report), "s").qa.commands).toEqual([entry]);
    for (const report of ["", "/etc/x.xml", "../x.xml", "a/../../x", ".", "a//b"])
      expect(refusal(of(report)).code).toBe("E108");
    expect(refusal('{"qa":{"commands":[{"command":"a | b","report":"r.xml"}]}}').message).toContain("a pipe");
    expect(refusal('{"qa":{"commands":[{"command":"npm test"}]}}').message).toContain("qa.commands[0]");
  });
  it("takes QA commands as words or as argv", () => {
    expect(
      parseSettings('{"qa":{"commands":["npm test",["node","--test","a b"]]}}', "s").qa.commands,
    ).toHaveLength(2);
    for (const commands of [[], "npm test", [1], [[]], [""]])
      expect(refusal(JSON.stringify({ qa: { commands } })).code).toBe("E108");
  });
  it.each(["[]", "null", '"x"', "3"])("refuses %s, which is no object", (text) =>
    expect(refusal(text).code).toBe("E108"),
  );
  it("names line and column of what is not JSON", () => {
    const error = refusal('{\n  "task_limits": {\n    "files": 5,  // 1-20\n  }\n}');
    expect(error.code).toBe("E107");
    expect(error.data).toMatchObject({ line: 3, column: 18, reason: "JSON has no comments, remove it" });
  });
  it("forgives a byte order mark", () => expect(parseSettings("\uFEFF{}", "s")).toEqual(defaultSettings()));
});
