import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { tempFolder } from "../../../../test/support/temp-folder.ts";
import { checkClaudeCode, checkProviders } from "../../src/doctor/check-providers.ts";

function bench({ provider, config = {} }: { provider?: string; config?: object }) {
  const folder = tempFolder();
  const home = join(folder, "home");
  const project = join(folder, "project");
  mkdirSync(home, { mode: 0o700 });
  mkdirSync(join(project, ".claude"), { recursive: true });
  writeFileSync(join(home, "config.json"), JSON.stringify(config), { mode: 0o600 });
  if (provider !== undefined) {
    writeFileSync(join(project, ".claude", "repl.json"), JSON.stringify({ provider }));
  }
  return { folder, project, env: { PM_HOME: home, PATH: process.env.PATH } };
}

const endpoint = { url: "https://api.example.com", url_env: "URL", key_env: "KEY", key: "openai" };
const missing = () => ({ name: "agent", outcome: "fail", detail: "E501", fix: "Install it" }) as const;

describe("the lines of doctor about providers", () => {
  it("say where each key comes from, and that one which nobody needs is not missing", async () => {
    const { env, project } = bench({ config: { keys: { openai: "sk-canary-doctor" } } });
    const lines = await checkProviders(env, project);
    expect(lines).toMatchObject([
      { name: "anthropic", outcome: "ok", detail: expect.stringContaining("no key is set") },
      { name: "openai", outcome: "ok", detail: "key: config.json" },
    ]);
    expect(JSON.stringify(lines)).not.toContain("canary");
  });

  it("fail for the key that the project's provider needs, and not for Claude Code then", async () => {
    const { env, project } = bench({ provider: "openai" });
    const [, openai] = await checkProviders(env, project);
    expect(openai).toMatchObject({ outcome: "fail", fix: "Set OPENAI_API_KEY, or run: pm keys set openai" });
    const gone = { ...env, PM_CLAUDE_BIN: "/nowhere/claude" };
    expect((await checkClaudeCode(gone, project, missing)).outcome).toBe("warn");
    const other = bench({});
    expect((await checkClaudeCode(gone, other.project, missing)).outcome).toBe("fail");
  });

  it("look at each provider of the person's own: address and key, or the command", async () => {
    const { env, project, folder } = bench({
      provider: "lab",
      config: {
        providers: {
          ollama: { type: "openai", base_url: "http://127.0.0.1:11434/v1" },
          lab: { type: "openai", base_url: "http://lab/v1", key_env: "LAB_KEY" },
          gone: { type: "acp", command: ["no-such-agent"] },
          there: { type: "acp", command: ["my-agent", "--acp"], endpoint },
          mute: { type: "acp", command: ["my-agent"] },
          "claude-code": { command: ["claude"] },
        },
      },
    });
    writeFileSync(join(folder, "my-agent"), "#!/bin/sh\n");
    chmodSync(join(folder, "my-agent"), 0o755);
    const lines = await checkProviders({ ...env, PATH: folder }, project);
    expect(lines.slice(2)).toMatchObject([
      { name: "ollama", outcome: "ok", detail: "http://127.0.0.1:11434/v1, no key" },
      { name: "lab", outcome: "fail", fix: expect.stringContaining("LAB_KEY") },
      { name: "gone", outcome: "warn", detail: expect.stringContaining("no-such-agent was not found") },
      { name: "there", outcome: "ok", detail: `speaks ACP: ${join(folder, "my-agent")}` },
      {
        name: "mute",
        outcome: "warn",
        detail: expect.stringContaining("no endpoint: it can reach no network from the sandbox"),
        fix: "Set providers.mute.endpoint in config.json",
      },
    ]);
    expect((await checkProviders({ ...env, LAB_KEY: "k" }, project))[3]).toMatchObject({
      ...{ outcome: "ok", detail: "http://lab/v1, key: env LAB_KEY" },
    });
  });

  it("say nothing of a config.json that is not usable: the home folder's line does", async () => {
    const { env, project } = bench({});
    writeFileSync(join(env.PM_HOME, "config.json"), "{");
    expect(await checkProviders(env, project)).toHaveLength(2);
  });
});
