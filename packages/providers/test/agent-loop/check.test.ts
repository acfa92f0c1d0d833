import { rmSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import { createAnthropicProvider, createOpenaiProvider } from "../../src/index.ts";
import { makeTestRun } from "../support/make-request.ts";

const common = { keySource: "env KEY", redactor: { redact: (text: string) => text }, version: "1.2.3" };
const anthropic = (baseUrl: string, key: string | null) =>
  createAnthropicProvider({
    ...common,
    endpoint: { provider: "anthropic", api: "anthropic", baseUrl, key, keyless: false },
  });
const local = (key: string | null, keyless: boolean) =>
  createOpenaiProvider({
    ...common,
    api: "chat",
    keyVariable: "LOCAL_KEY",
    endpoint: { provider: "local", api: "openai", baseUrl: "http://127.0.0.1:1/v1", key, keyless },
  });

describe("checking a provider on an API, without asking it anything", () => {
  it("says what it is and where its key comes from, not the key", async () => {
    expect(await anthropic("https://api.anthropic.com", "sk-ant-1").check()).toEqual({
      version: "pm agent 1.2.3, Anthropic API",
      login: "env KEY",
    });
  });

  it("says at which address it asks where that is not the usual one", async () => {
    const { login } = await anthropic("https://models.example.com:8443", "sk-ant-1").check();
    expect(login).toBe("env KEY, at models.example.com:8443");
  });

  it("refuses without a key, and says which variable it would be in", async () => {
    const missing = { code: "E521", data: { provider: "anthropic", variable: "ANTHROPIC_API_KEY" } };
    await expect(anthropic("https://api.anthropic.com", null).check()).rejects.toMatchObject(missing);
    const run = makeTestRun();
    onTestFinished(() => rmSync(run.dir, { recursive: true }));
    await expect(anthropic("https://api.anthropic.com", null).run(run.request())).rejects.toMatchObject(
      missing,
    );
    await expect(local(null, false).check()).rejects.toMatchObject({ data: { variable: "LOCAL_KEY" } });
  });

  it("needs none for an endpoint that takes none", async () => {
    expect(await local(null, true).check()).toEqual({
      version: "pm agent 1.2.3, OpenAI-compatible API",
      login: "none needed, at 127.0.0.1:1",
    });
  });
});
