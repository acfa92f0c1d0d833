import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { UserConfig } from "@pm/core";
import { describe, expect, it, onTestFinished } from "vitest";
import { json, listing, startModelsServer } from "../../../../test/support/models-server.ts";
import { KNOWN_AS_OF } from "../../src/models/known-models.ts";
import { modelsEndpoint } from "../../src/models/models-endpoint.ts";
import { offeredModels } from "../../src/models/offered-models.ts";

const KEY = "sk-canary-offered-0123456789";
const NOW = new Date("2026-11-29T12:00:00Z");
const later = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);

function tempHome(): string {
  const home = mkdtempSync(join(tmpdir(), "pm-models-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  return home;
}

async function bench() {
  const server = await startModelsServer(listing(KEY));
  const endpoint = modelsEndpoint(
    "openai",
    { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: `${server.url}/v1/` },
    {},
  );
  if (endpoint === null) throw new Error("openai has an endpoint");
  const home = tempHome();
  return { server, endpoint, home, file: join(home, "models", "openai.json") };
}

describe("offeredModels", () => {
  it("asks once a day, and says when", async () => {
    const { server, endpoint, home, file } = await bench();
    const asked = await offeredModels(endpoint, { home, now: NOW });
    expect(asked).toMatchObject({ source: "api", asOf: "2026-11-29" });
    expect(await offeredModels(endpoint, { home, now: later(23) })).toEqual(asked);
    expect(server.requests).toHaveLength(1);
    expect((await offeredModels(endpoint, { home, now: later(25) })).asOf).toBe("2026-11-30");
    expect(server.requests).toHaveLength(2);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, "models")).mode & 0o777).toBe(0o700);
    expect(readFileSync(file, "utf8")).not.toContain(KEY);
  });

  it("gives what is kept to the same key and address only (M1), and not before it was asked (M3)", async () => {
    const { server, endpoint, home } = await bench();
    await offeredModels(endpoint, { home, now: NOW });
    await expect(offeredModels({ ...endpoint, key: "sk-other" }, { home, now: NOW })).rejects.toMatchObject({
      code: "E504",
    });
    const other = await startModelsServer(json(200, { data: [{ id: "gpt-1" }] }));
    const elsewhere = { ...endpoint, baseUrl: `${other.url}/v1` };
    expect((await offeredModels(elsewhere, { home, now: NOW })).models).toEqual([
      { id: "gpt-1", note: null },
    ]);
    await offeredModels(endpoint, { home, now: NOW });
    const before = server.requests.length;
    await offeredModels(endpoint, { home, now: later(-1) });
    expect(server.requests.length).toBe(before + 1);
  });

  it.each(["", "{", "[]", '{"version":2}', "\0", '{"version":1,"of":"x","asked_at":"soon","models":[]}'])(
    "takes %j for no cache and replaces it",
    async (text) => {
      const { server, endpoint, home, file } = await bench();
      await offeredModels(endpoint, { home, now: NOW });
      writeFileSync(file, text);
      expect((await offeredModels(endpoint, { home, now: NOW })).source).toBe("api");
      expect(server.requests).toHaveLength(2);
      expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ version: 1 });
    },
  );

  it("lists what was known, marked so, where there is no key, and asks nobody", async () => {
    const { server, endpoint, home } = await bench();
    const list = await offeredModels({ ...endpoint, key: null }, { home, now: NOW });
    expect(list).toMatchObject({ source: "list", asOf: KNOWN_AS_OF });
    expect(list.models.length).toBeGreaterThan(3);
    expect(await offeredModels(endpoint, { home, now: NOW, ask: false })).toEqual(list);
    expect(server.requests).toEqual([]);
  });

  it("gives the list where the home folder takes no file", async () => {
    const { endpoint, home } = await bench();
    writeFileSync(join(home, "models"), "in the way");
    expect((await offeredModels(endpoint, { home, now: NOW })).source).toBe("api");
  });
});

describe("modelsEndpoint", () => {
  // The type can't say that some names have a shape of their own.
  const config = {
    keys: { openai: "sk-config" },
    providers: {
      openai: { base_url: "https://proxy.example/v1" },
      lab: {
        type: "openai",
        base_url: "http://lab:8000/v1/",
        api: "chat",
        key_env: "LAB_KEY",
      },
      agent: { type: "acp", command: ["agent"] },
      "claude-code": { command: ["claude"] },
    },
  } as unknown as UserConfig;

  it("lets the environment go before config.json, and that before the default", () => {
    expect(modelsEndpoint("openai", {}, config)).toMatchObject({
      ...{ baseUrl: "https://proxy.example/v1", key: "sk-config" },
    });
    const env = { OPENAI_API_KEY: " sk-env ", OPENAI_BASE_URL: "http://other/v1" };
    expect(modelsEndpoint("openai", env, config)).toMatchObject({
      baseUrl: "http://other/v1",
      key: "sk-env",
    });
    expect(modelsEndpoint("anthropic", { ANTHROPIC_API_KEY: " " }, {})).toMatchObject({
      ...{ baseUrl: "https://api.anthropic.com", key: null, keyless: false },
    });
  });

  it("knows the person's own endpoints, and that others have none", () => {
    expect(modelsEndpoint("lab", { LAB_KEY: "k", OPENAI_API_KEY: "sk-not-this" }, config)).toMatchObject({
      ...{ baseUrl: "http://lab:8000/v1", key: "k", keyless: true },
    });
    expect(modelsEndpoint("lab", { OPENAI_API_KEY: "sk-not-this" }, config)?.key).toBeNull();
    for (const name of ["agent", "claude-code", "constructor", "replay:x", "nope"]) {
      expect(modelsEndpoint(name, {}, config)).toBeNull();
    }
  });

  it.each(["file:///etc/passwd", "nonsense", "javascript:1"])("refuses %s as an address", (url) => {
    expect(() => modelsEndpoint("anthropic", { ANTHROPIC_BASE_URL: url }, {})).toThrow(/ANTHROPIC_BASE_URL/);
  });
});
