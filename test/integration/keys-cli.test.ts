/** The built `pm` and its keys: asked for on a real terminal without being shown, kept in one file, checked at an API. */
import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { filesHolding } from "../support/files-holding.ts";
import { listing, startModelsServer } from "../support/models-server.ts";
import { LAUNCHER, runPm } from "../support/run-pm.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { openTmux } from "./repl/support/tmux-terminal.ts";

const KEY = "sk-ant-canary-4711-abcdefghij";
/** A key as it might be found elsewhere. */
const FORMS = [
  KEY,
  Buffer.from(KEY).toString("base64"),
  Buffer.from(KEY).toString("hex"),
  encodeURIComponent(KEY),
];

function bench() {
  const folder = tempFolder();
  return {
    folder,
    env: { HOME: folder, PM_HOME: join(folder, "home") },
    config: join(folder, "home/config.json"),
  };
}

const setKey = ["keys", "set", "anthropic"];

describe("pm keys set on a terminal", () => {
  it("asks for the key, shows nothing of it, and keeps it in config.json alone", async () => {
    const { folder, env, config } = bench();
    const terminal = openTmux({ argv: [process.execPath, LAUNCHER, ...setKey], env, cwd: folder });
    await terminal.until("Key of anthropic (not shown):");
    terminal.text(`${KEY}x`);
    terminal.keys("BSpace");
    terminal.keys("Enter");
    expect(await terminal.ended()).toBe(0);
    await terminal.until(/anthropic\s+SET\s+config\.json/);
    for (const form of FORMS) {
      expect(terminal.everything()).not.toContain(form);
      expect(terminal.raw().toString("latin1")).not.toContain(form);
    }
    expect(terminal.raw().toString("latin1")).not.toContain(KEY.slice(0, 12));
    expect(JSON.parse(readFileSync(config, "utf8"))).toEqual({ keys: { anthropic: KEY } });
    expect(statSync(config).mode & 0o777).toBe(0o600);
    expect(filesHolding(folder, KEY)).toEqual([config]);
  }, 60_000);

  it("takes a pasted key, and saves nothing after Ctrl-C", async () => {
    const { folder, env, config } = bench();
    const argv = [process.execPath, LAUNCHER, ...setKey];
    const left = openTmux({ argv, env, cwd: folder });
    await left.until("(not shown):");
    left.text("half a key");
    left.keys("C-c");
    expect(await left.ended()).toBe(130);
    expect(left.everything()).toContain("No key was saved.");
    expect(() => statSync(config)).toThrow();
    const pasted = openTmux({ argv, env, cwd: folder });
    await pasted.until("(not shown):");
    pasted.paste(`${KEY}\n`);
    expect(await pasted.ended()).toBe(0);
    expect(pasted.everything()).not.toContain(KEY);
    expect(readFileSync(config, "utf8")).toContain(KEY);
  }, 60_000);
});

describe("the built pm", () => {
  it("takes a key from a pipe, checks it, lists models with it, and leaves it in one file", async () => {
    const { folder, env, config } = bench();
    const server = await startModelsServer(listing(KEY));
    const all = { ...env, ANTHROPIC_BASE_URL: server.url };
    const set = spawnSync(process.execPath, [LAUNCHER, ...setKey], {
      ...{ env: { PATH: process.env.PATH, ...all }, input: `${KEY}\n`, encoding: "utf8" },
    });
    expect(set).toMatchObject({ status: 0, stderr: "" });
    const check = await runPm(["keys", "check"], all);
    expect(check).toMatchObject({ code: 0, stdout: expect.stringMatching(/anthropic\s+config\.json\s+ok/) });
    const models = await runPm(["models", "--provider", "anthropic"], all);
    expect(models.stdout).toMatch(/claude-b-2\s+Claude B 2\s*\nclaude-a-1/);
    expect(models.stdout).toMatch(/Asked of anthropic on \d{4}-\d\d-\d\d\./);
    const doctor = await runPm(["doctor", "--project", folder], all);
    expect(doctor.stdout).toMatch(/✓ anthropic\s+key: config\.json/);
    for (const { stdout, stderr } of [set, check, models, doctor]) {
      for (const form of FORMS) expect(`${stdout}${stderr}`).not.toContain(form);
    }
    for (const form of FORMS) {
      expect(filesHolding(folder, form)).toEqual(
        form === KEY || form === encodeURIComponent(KEY) ? [config] : [],
      );
    }
    const removed = await runPm(["keys", "remove", "anthropic"], all);
    expect(removed.code).toBe(0);
    expect(filesHolding(folder, KEY)).toEqual([]);
  }, 60_000);

  it("refuses a provider that there is not, or that has no key, before a session is opened", async () => {
    const { folder, env } = bench();
    const start = (provider: string) =>
      runPm(["start", "x", "--project", folder, "--provider", provider], env);
    expect(await start("opnai")).toMatchObject({
      ...{ code: 2, stderr: expect.stringMatching(/E507[\s\S]*Did you mean openai\?/) },
    });
    expect(await start("openai")).toMatchObject({
      ...{ code: 1, stderr: expect.stringMatching(/E521[\s\S]*pm keys set openai/) },
    });
    expect(filesHolding(folder, "session-")).toEqual([]);
  }, 60_000);
});
