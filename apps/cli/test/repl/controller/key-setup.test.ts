import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PROMPT, readText, replBench } from "./repl-bench.ts";

const KEY = "sk-ant-canary-0123456789";

describe("Key Setup Mode", () => {
  it("lets only /help, /keys, /provider and /exit through, and says why and what to type", async () => {
    const bench = replBench({ replay: false });
    await bench.controller.open();
    expect(bench.controller.view().keySetup).toMatch(/no API key is set.*\/keys set anthropic <key>/);
    expect(bench.controller.view().worker).toBe(false);
    for (const line of [
      PROMPT,
      "/init",
      "/start",
      "/status",
      "/tasks",
      "/approve",
      "/models",
      "/model x",
      "/logs",
    ]) {
      const printed = await bench.type(line);
      expect(printed).toContain("not available in Key Setup Mode");
      expect(printed).toContain("/keys set anthropic <key>");
    }
    expect(await bench.type("/nope")).toContain("E114");
    expect(await bench.type("/help")).toContain("/keys [set <provider> <key>]");
    expect(await bench.type("/help")).not.toContain("/init");
    expect(await bench.type("/keys")).toContain("NOT SET");
    expect(await bench.type("/provider")).toContain("Provider: claude-code");
    expect((await bench.controller.sessions()).length).toBe(0);
    await bench.type("/exit");
    expect(bench.controller.view().ended).toBe(true);
  });

  it("is left as soon as a key is set; the key is in config.json and nowhere else", async () => {
    const bench = replBench({ replay: false });
    await bench.controller.open();
    const printed = await bench.type(`/keys set anthropic ${KEY}`);
    expect(printed).toContain("> /keys set anthropic ••••••");
    expect(printed).toMatch(/anthropic\s+SET\s+config\.json/);
    expect(printed).toContain("Key Setup Mode is over");
    expect(bench.controller.view()).toMatchObject({ keySetup: null, worker: true });
    const config = join(bench.env.PM_HOME ?? "", "config.json");
    expect(statSync(config).mode & 0o777).toBe(0o600);
    expect(readText(config)).toContain(KEY);
    await bench.type(`/provider replay:${bench.recording}`);
    await bench.typeAndWait(`${PROMPT} ${KEY}`);
    await bench.controller.close();
    expect(JSON.stringify(bench.items.filter(({ kind }) => kind !== "input"))).not.toContain(KEY);
    const found = execFileSync("grep", ["-rlaF", KEY, bench.project, bench.folder], { encoding: "utf8" });
    expect(found.trim().split("\n")).toEqual([config]);
  });

  it("is not entered with a key in the environment, a login of Claude Code, or a recording", async () => {
    for (const options of [
      { replay: false, env: { ANTHROPIC_API_KEY: KEY } },
      { replay: false, env: { OPENAI_API_KEY: KEY } },
      { replay: false, setup: { login: async () => "stored login" } },
      { replay: true },
    ]) {
      const bench = replBench({ ...options, worker: false });
      await bench.controller.open();
      expect(bench.controller.view().keySetup).toBeNull();
    }
  });

  it("is entered and left by choosing providers", async () => {
    const bench = replBench();
    await bench.controller.open();
    expect(bench.controller.view().keySetup).toBeNull();
    await bench.type("/provider claude-code");
    expect(bench.controller.view().keySetup).not.toBeNull();
    await bench.type(`/provider replay:${bench.recording}`);
    expect(bench.controller.view().keySetup).toBeNull();
  });

  it.each([
    "/keys set openai",
    `/keys set ${KEY}`,
    `/keys set azure ${KEY}`,
    `/keys set openai ${KEY} more`,
    `/keys put openai ${KEY}`,
    `/key set openai ${KEY}`,
    `/KEYS SET openai ${KEY}`,
    `/keys set openai '${KEY}`,
    `/keys set openai "a b ${KEY}"`,
  ])("refuses %s without telling the key", async (line) => {
    const bench = replBench({ worker: false });
    await bench.type(line);
    expect(bench.items.at(-1)).toMatchObject({ kind: "error" });
    expect(JSON.stringify(bench.items)).not.toContain(KEY);
  });
});
