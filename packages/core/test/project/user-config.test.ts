import { chmod, chown, mkdir, rename, symlink, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pmHome } from "../../src/project/pm-home.ts";
import { loadUserConfig } from "../../src/project/user-config.ts";
import { temporaryDir } from "./temporary-dir.ts";

async function home(text: string, mode = 0o600): Promise<string> {
  const dir = await temporaryDir();
  await writeFile(join(dir, "config.json"), text, { mode });
  await chmod(join(dir, "config.json"), mode);
  return dir;
}

describe("loadUserConfig", () => {
  it("is empty where there is no file", async () => {
    expect(await loadUserConfig(await temporaryDir())).toEqual({});
    expect(await loadUserConfig(join(await temporaryDir(), "none"))).toEqual({});
  });
  it("reads keys and the command of claude-code", async () => {
    const config = {
      keys: { anthropic: "sk-ant-1" },
      providers: { "claude-code": { command: ["/opt/claude", "--x"] } },
    };
    expect(await loadUserConfig(await home(JSON.stringify(config)))).toEqual(config);
  });
  it("reads which queue is used, and where it is", async () => {
    const queue = {
      engine: "dynamodb",
      dynamodb: { region: "eu-west-1", endpoint: "http://localhost:8000" },
    };
    expect(await loadUserConfig(await home(JSON.stringify({ queue })))).toEqual({ queue });
  });
  it.each([0o640, 0o604, 0o620, 0o602, 0o610, 0o644])("refuses a file of mode %o", async (mode) => {
    await expect(loadUserConfig(await home("{}", mode))).rejects.toMatchObject({
      code: "E113",
      hint: expect.stringContaining("chmod 600"),
    });
  });
  it("refuses a link, a folder, and a folder that others can write to", async () => {
    const dir = await home("{}");
    await rename(join(dir, "config.json"), join(dir, "real.json"));
    await symlink(join(dir, "real.json"), join(dir, "config.json"));
    await expect(loadUserConfig(dir)).rejects.toMatchObject({ code: "E113" });
    const folder = await temporaryDir();
    await mkdir(join(folder, "config.json"), { mode: 0o700 });
    await expect(loadUserConfig(folder)).rejects.toMatchObject({ code: "E113" });
    const open = await home("{}");
    await chmod(open, 0o777);
    await expect(loadUserConfig(open)).rejects.toMatchObject({ code: "E113" });
  });
  it.skipIf(process.getuid?.() !== 0)("refuses another user's file", async () => {
    const dir = await home("{}");
    await chown(join(dir, "config.json"), 12345, 12345);
    await expect(loadUserConfig(dir)).rejects.toMatchObject({ code: "E113" });
  });
  it.each([
    "[]",
    '{"keys":{"anthropic":""}}',
    '{"keyz":{}}',
    '{"providers":{"claude-code":{"command":"claude"}}}',
    '{"queue":{"dynamodb":{"endpoint":"nowhere"}}}',
    '{"queue":{"dynamodb":{"table":"x"}}}',
    '{"keys":{"openai":"sk-secret"',
  ])("refuses %s without quoting a value", async (text) => {
    const error = await loadUserConfig(await home(text)).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "E112" });
    expect(JSON.stringify(error)).not.toContain("sk-secret");
  });
});

describe("pmHome", () => {
  it("is PM_HOME, else a folder of the user's home", () => {
    expect(pmHome({ PM_HOME: "/x/y" })).toBe("/x/y");
    expect(pmHome({})).toBe(join(homedir(), ".pm-orchestrator-runner"));
    expect(pmHome({ PM_HOME: "" })).toBe(join(homedir(), ".pm-orchestrator-runner"));
  });
});
