import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createCredentialSource } from "../../src/claude-code/credentials.ts";
import { createClaudeCodeProvider, resolveClaudeCommand } from "../../src/index.ts";
import { REAL_CLAUDE } from "../support/real-claude.ts";
import { writeStandIn } from "../support/stand-in.ts";

const NOW = 1_800_000_000_000;

let dir: string;
let home: string;
beforeEach(() => {
  dir = realpathSync(mkdtempSync(join(tmpdir(), "pm-login-")));
  home = join(dir, "person");
  mkdirSync(join(home, ".claude"), { recursive: true });
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const loginFile = () => join(home, ".claude", ".credentials.json");
const login = (accessToken: string, expiresAt: number, refreshToken = "r") =>
  JSON.stringify({ claudeAiOauth: { accessToken, refreshToken, expiresAt } });

function source(env: Record<string, string> = {}, more: { configKey?: string; stub?: string } = {}) {
  const command = more.stub ? ([writeStandIn(join(dir, "bin"), more.stub)] as const) : REAL_CLAUDE;
  return createCredentialSource({
    env: { PATH: process.env.PATH, ...env },
    configKey: more.configKey,
    homeDir: home,
    command,
    now: () => NOW,
  });
}

describe("the key", () => {
  it("is looked for in a fixed order", async () => {
    writeFileSync(loginFile(), login("stored", NOW + 3_600_000));
    const all = {
      ANTHROPIC_API_KEY: "key",
      ANTHROPIC_AUTH_TOKEN: "bearer",
      CLAUDE_CODE_OAUTH_TOKEN: "oauth",
    };
    const { ANTHROPIC_API_KEY: _, ...withoutKey } = all;
    const { ANTHROPIC_AUTH_TOKEN: __, ...onlyOauth } = withoutKey;
    const config = { configKey: "config" };
    expect(await source(all, config).find()).toMatchObject({ kind: "api_key", secret: "key" });
    expect(await source(withoutKey, config).find()).toMatchObject({ kind: "bearer", secret: "bearer" });
    expect(await source(onlyOauth, config).find()).toMatchObject({ kind: "oauth", secret: "oauth" });
    expect(await source({}, config).find()).toMatchObject({ kind: "api_key", source: "config.json" });
    expect(await source().find()).toEqual({ kind: "oauth", secret: "stored", source: "stored login" });
  });

  it("that is empty counts as none", async () => {
    expect(await source({ ANTHROPIC_API_KEY: " " }).find()).toBeNull();
  });

  it("of a console login is found too", async () => {
    writeFileSync(join(home, ".claude.json"), JSON.stringify({ primaryApiKey: "console" }));
    expect(await source().find()).toMatchObject({ kind: "api_key", secret: "console" });
  });

  it("is not read through a link", async () => {
    writeFileSync(join(dir, "elsewhere.json"), login("planted", NOW + 3_600_000));
    symlinkSync(join(dir, "elsewhere.json"), loginFile());
    expect(await source().find()).toBeNull();
  });

  it("that expired is refreshed by Claude Code itself, in an empty folder, once for all who wait", async () => {
    writeFileSync(loginFile(), login("old", NOW - 1));
    const stub = `
      import { readdirSync, appendFileSync } from "node:fs";
      appendFileSync(process.env.HOME + "/log", JSON.stringify({ args, here: readdirSync("."), prompt }) + "\\n");
      writeFileSync(process.env.HOME + "/.claude/.credentials.json", ${JSON.stringify(login("new", NOW + 3_600_000))});`;
    const found = source({}, { stub });
    expect(await found.find()).toMatchObject({ secret: "old" });
    const both = await Promise.all([found.fresh(), found.fresh()]);
    expect(both.map((credential) => credential?.secret)).toEqual(["new", "new"]);
    const { readFileSync } = await import("node:fs");
    const calls = readFileSync(join(home, "log"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(calls).toHaveLength(1);
    expect(calls[0].here).toEqual([]);
    expect(calls[0].args.join(" ")).toContain("--tools  --setting-sources");
  });

  it("that expired and can't be refreshed is E504", async () => {
    writeFileSync(loginFile(), login("old", NOW - 1));
    await expect(source({}, { stub: "process.exit(1)" }).fresh()).rejects.toMatchObject({ code: "E504" });
    writeFileSync(loginFile(), login("old", NOW - 1, ""));
    await expect(source().find()).rejects.toMatchObject({ code: "E504" });
  });
});

describe("what is checked before a run", () => {
  const check = (command: readonly [string, ...string[]], env: Record<string, string> = {}) =>
    createClaudeCodeProvider({
      command,
      env: { PATH: process.env.PATH, ...env },
      homeDir: home,
      redactor: { redact: (text) => text },
    }).check();

  it("finds the real Claude Code and its login", async () => {
    expect(await check(REAL_CLAUDE, { ANTHROPIC_API_KEY: "k" })).toEqual({
      version: "Claude Code 2.1.330",
      login: "env ANTHROPIC_API_KEY",
    });
  });

  it("is E503 where the real Claude Code says that it is not logged in", async () => {
    await expect(check(REAL_CLAUDE)).rejects.toMatchObject({ code: "E503" });
  });

  it("is E501 for a missing file and for one that can't be executed", async () => {
    writeFileSync(join(dir, "plain"), "x");
    await expect(check(["claude-not-there"])).rejects.toMatchObject({ code: "E501" });
    await expect(check([join(dir, "nowhere")])).rejects.toMatchObject({ code: "E501" });
    await expect(check([join(dir, "plain")])).rejects.toMatchObject({ code: "E501" });
  });

  it.each([
    ["1.0.44 (Claude Code)", "E502"],
    ["2.0.59 (Claude Code)", "E502"],
    ["2.0.60 (Claude Code)", null],
    ["10.0.0", null],
    ["something 1.0.0", null],
  ])("judges the version %s", async (version, code) => {
    const path = writeStandIn(join(dir, "bin"), "");
    writeFileSync(path, `#!/bin/sh\necho '${version}'\n`);
    const outcome = check([path], { ANTHROPIC_API_KEY: "k" });
    if (code === null) await expect(outcome).resolves.toHaveProperty("login");
    else await expect(outcome).rejects.toMatchObject({ code });
  });

  it("is E112 where ANTHROPIC_BASE_URL is no url", async () => {
    const env = { ANTHROPIC_API_KEY: "k", ANTHROPIC_BASE_URL: "file:///etc/passwd" };
    await expect(check(REAL_CLAUDE, env)).rejects.toMatchObject({ code: "E112" });
  });
});

describe("the executable", () => {
  it("is PM_CLAUDE_BIN, else the config's, else claude on PATH, but never one of the project", () => {
    const bin = (name: string) => {
      const folder = join(dir, name);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "claude"), "#!/bin/sh\n", { mode: 0o755 });
      return folder;
    };
    const [user, project] = [bin("user"), bin("project/node_modules/.bin")];
    const env = { PATH: `relative:${project}:${user}` };
    const projectDir = join(dir, "project");
    expect(resolveClaudeCommand({ env: { ...env, PM_CLAUDE_BIN: "/x/y" }, config: ["a"] })).toEqual(["/x/y"]);
    expect(resolveClaudeCommand({ env, config: ["claude", "--flag"], projectDir })).toEqual([
      join(user, "claude"),
      "--flag",
    ]);
    expect(resolveClaudeCommand({ env, projectDir })).toEqual([join(user, "claude")]);
    expect(resolveClaudeCommand({ env: { PATH: "" } })).toEqual(["claude"]);
  });
});
