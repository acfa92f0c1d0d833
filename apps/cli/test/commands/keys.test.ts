import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { filesHolding } from "../../../../test/support/files-holding.ts";
import { json, listing, startModelsServer } from "../../../../test/support/models-server.ts";
import { tempFolder } from "../../../../test/support/temp-folder.ts";
import { createUserSetup } from "../../src/setup/create-user-setup.ts";
import type { FakeIoOptions } from "../fake-io.ts";
import { runPm } from "../run-pm.ts";

const KEY = "sk-canary-keys-0123456789";

function bench(env: Record<string, string> = {}) {
  const home = join(tempFolder(), "home");
  const all = { ...env, PM_HOME: home };
  const services = { userSetup: async () => createUserSetup(all) };
  return {
    home,
    pm: (args: readonly string[], options: FakeIoOptions = {}) =>
      runPm(args, {}, { services, env: all, ...options }),
  };
}

describe("pm keys", () => {
  it("says of each key whether it is set and where it comes from, and never the key", async () => {
    const { pm } = bench({ ANTHROPIC_API_KEY: KEY });
    const shown = await pm(["keys"]);
    expect(shown.out).toMatch(
      /PROVIDER\s+KEY\s+SOURCE\nanthropic\s+SET\s+env ANTHROPIC_API_KEY\nopenai\s+NOT SET\n/,
    );
    const { out } = await pm(["keys", "--json"]);
    expect(JSON.parse(out)).toEqual({
      keys: [
        { provider: "anthropic", set: true, source: "env ANTHROPIC_API_KEY" },
        { provider: "openai", set: false, source: null },
      ],
    });
    expect(shown.out + out).not.toContain(KEY);
  });

  it("takes a key from a pipe, and keeps it in config.json alone", async () => {
    const { pm, home } = bench();
    const run = await pm(["keys", "set", "openai"], { stdin: { kind: "pipe", text: `${KEY}\n` } });
    expect(run).toMatchObject({ code: 0, err: "" });
    expect(run.out).toMatch(/openai\s+SET\s+config\.json/);
    expect(run.out).not.toContain(KEY);
    expect(filesHolding(home, KEY)).toEqual([join(home, "config.json")]);
    expect(statSync(join(home, "config.json")).mode & 0o777).toBe(0o600);
  });

  it("takes a key from the command line as the seed does, and says that the shell has it now", async () => {
    const { pm, home } = bench({ OPENAI_API_KEY: "sk-env" });
    const run = await pm(["keys", "set", "openai", KEY]);
    expect(run.code).toBe(0);
    expect(run.err).toContain("in your shell's history");
    expect(run.err).toContain("env OPENAI_API_KEY goes before config.json");
    expect(run.out + run.err).not.toContain(KEY);
    expect(readFileSync(join(home, "config.json"), "utf8")).toContain(KEY);
  });

  it("removes a key, and says what still sets one", async () => {
    const { pm, home } = bench({ OPENAI_API_KEY: "sk-env" });
    await pm(["keys", "set", "openai", KEY]);
    const run = await pm(["keys", "remove", "openai"]);
    expect(run.out).toBe(
      "The key of openai is removed from config.json. One is still set: env OPENAI_API_KEY.\n",
    );
    expect(filesHolding(home, KEY)).toEqual([]);
    const again = await pm(["keys", "remove", "openai", "--json"]);
    expect(JSON.parse(again.out)).toEqual({ provider: "openai", removed: false, left: "env OPENAI_API_KEY" });
    expect(again.code).toBe(0);
  });

  it.each([
    [["keys", "set"], "needs <provider>"],
    [["keys", "remove"], "needs <provider>"],
    [["keys", "set", "openai"], "No key was given"],
    [["keys", "set", KEY], "allowed are anthropic, openai"],
    [["keys", "set", "openai", KEY, KEY], "Unexpected argument."],
    [["keys", "check", "openai", KEY], "Only pm keys set takes a key"],
    [["keys", KEY], "allowed are set, check, remove"],
    [["keys", "set", "openai", `${KEY} with blanks`], "E112"],
    [["keys", "set", "openai", "sk-ünicode"], "E112"],
  ])("refuses %j without telling the key", async (args, words) => {
    const { pm, home } = bench();
    for (const json of [[], ["--json"]]) {
      const run = await pm([...args, ...json]);
      expect(run.out + run.err).toContain(words);
      expect(run.code).not.toBe(0);
      expect(run.out + run.err).not.toContain(KEY);
    }
    expect(() => statSync(join(home, "config.json"))).toThrow();
  });

  it("refuses an empty pipe", async () => {
    const run = await bench().pm(["keys", "set", "openai"], { stdin: { kind: "pipe", text: " \n" } });
    expect(run.err).toContain("No key was given");
    expect(run.code).toBe(2);
  });
});

describe("pm keys check", () => {
  it("asks each API once, and exits 0 where every key that is set is taken", async () => {
    const server = await startModelsServer(listing(KEY));
    const env = { ANTHROPIC_BASE_URL: server.url, OPENAI_BASE_URL: `${server.url}/v1` };
    const one = await bench({ ...env, OPENAI_API_KEY: KEY }).pm(["keys", "check"]);
    expect(one.out).toMatch(/anthropic\s+NOT SET\nopenai\s+env OPENAI_API_KEY\s+ok\n$/);
    expect(one.code).toBe(0);
    expect(server.requests).toHaveLength(1);
  });

  it("exits 1 where one is refused, says which, and what to do", async () => {
    const server = await startModelsServer(listing(KEY));
    const env = { ANTHROPIC_BASE_URL: server.url, OPENAI_BASE_URL: `${server.url}/v1` };
    const { pm } = bench({ ...env, ANTHROPIC_API_KEY: "sk-ant-wrong-0123456789", OPENAI_API_KEY: KEY });
    const run = await pm(["keys", "check"]);
    expect(run.out).toMatch(/anthropic\s+env ANTHROPIC_API_KEY\s+E504 .*HTTP 401[\s\S]*openai .*ok\n/);
    expect(run.out).toContain("Next  pm keys set anthropic");
    expect(run.out).not.toContain("wrong-0123456789");
    expect(run.code).toBe(1);
    expect((await pm(["keys", "check", "openai"])).code).toBe(0);
    const { out } = await pm(["keys", "check", "--json"]);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      checks: [
        { provider: "anthropic", ok: false, error: { code: "E504" } },
        { provider: "openai", ok: true, error: null },
      ],
    });
  });

  it.each([
    ["E512", 429, { error: { message: "no credit", code: "insufficient_quota" } }],
    ["E505", 429, { error: { message: "slow down" } }],
    ["E506", 500, {}],
  ])("exits 1 with %s for HTTP %i", async (code, status, body) => {
    const server = await startModelsServer(json(status, body));
    const { pm } = bench({ OPENAI_API_KEY: KEY, OPENAI_BASE_URL: `${server.url}/v1` });
    const run = await pm(["keys", "check", "openai"]);
    expect(run.out).toContain(code);
    expect(run.code).toBe(1);
    await server.stop();
    const later = await pm(["keys", "check", "openai"]);
    expect(later.out).toContain("E520");
    expect(later.code).toBe(1);
  });

  it("exits 1 where no key is set: there is nothing that could work", async () => {
    const run = await bench().pm(["keys", "check", "openai"]);
    expect(run.out).toMatch(/openai\s+NOT SET\n/);
    expect(run.out).toContain("Next  pm keys set openai");
    expect(run.code).toBe(1);
  });
});

describe("pm models", () => {
  it("lists what was known, marked so, where no key is set", async () => {
    const { pm } = bench();
    const run = await pm(["models", "--provider", "anthropic"]);
    expect(run.out).toMatch(/^MODEL\s+WHAT IT IS\s+INPUT \$\/M\s+OUTPUT \$\/M\n/);
    expect(run.out).toMatch(/claude-opus-5-5\s+4\s+20\n/);
    expect(run.out).toMatch(/\nKnown on \d{4}-\d\d-\d\d, not asked: no key of anthropic is set\.\n/);
    expect(run.code).toBe(0);
  });

  it("asks the API where a key is set, once a day, with the person's own prices", async () => {
    const server = await startModelsServer(listing(KEY));
    const { pm, home } = bench({ OPENAI_API_KEY: KEY, OPENAI_BASE_URL: `${server.url}/v1` });
    mkdirSync(home, { mode: 0o700 });
    const config = { prices: { "o7-mini": { input: 1.5, output: 6 } } };
    writeFileSync(join(home, "config.json"), JSON.stringify(config), { mode: 0o600 });
    const { out } = await pm(["models", "--provider", "openai", "--json"]);
    expect(JSON.parse(out)).toMatchObject({
      ...{ provider: "openai", source: "api", current: null, reason: null },
      models: [
        { id: "o7-mini", price: { input: 1.5, output: 6, cache_read: 1.5 }, current: false },
        { id: "gpt-9", price: null },
      ],
    });
    expect((await pm(["models", "--provider", "openai", "--quiet"])).out).toBe("o7-mini\ngpt-9\n");
    expect(server.requests).toHaveLength(1);
    expect(filesHolding(home, KEY)).toEqual([]);
  });

  it("marks the model of the project, and lists Claude Code's own names first", async () => {
    const { pm } = bench();
    const project = tempFolder();
    mkdirSync(join(project, ".claude"));
    writeFileSync(join(project, ".claude", "repl.json"), '{"provider":"claude-code","model":"opus"}');
    const run = await pm(["models", "--project", project]);
    expect(run.out).toMatch(/^MODEL.*\nsonnet.*\nopus\s+the latest Opus\s+current\nhaiku.*\nclaude-/);
  });

  it("lists what was known of Claude where a gateway lists nothing", async () => {
    const server = await startModelsServer(json(404, {}));
    const { pm } = bench({ ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: server.url });
    const { out } = await pm(["models", "--json"]);
    expect(JSON.parse(out)).toMatchObject({ provider: "claude-code", source: "list" });
    expect((await pm(["models"])).out).toContain("since asking failed: anthropic failed: HTTP 404.");
    expect((await pm(["models", "--provider", "anthropic"])).err).toContain("E506");
  });

  it("says for a recording and an ACP agent why there are none, and knows no other name", async () => {
    const { pm, home } = bench();
    mkdirSync(home, { mode: 0o700 });
    const config = { providers: { goose: { type: "acp", command: ["goose", "acp"] } } };
    writeFileSync(join(home, "config.json"), JSON.stringify(config), { mode: 0o600 });
    expect((await pm(["models", "--provider", "replay"])).out).toContain("A recording has no models");
    expect((await pm(["models", "--provider", "goose"])).out).toContain("goose chooses its model itself");
    const unknown = await pm(["models", "--provider", "gose"]);
    expect(unknown.err).toMatch(
      /E507[\s\S]*Did you mean goose\?[\s\S]*openai, anthropic, claude-code, goose/,
    );
    expect(unknown.code).toBe(2);
  });
});
