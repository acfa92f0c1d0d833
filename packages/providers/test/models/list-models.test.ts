import { describe, expect, it } from "vitest";
import { type Answer, json, listing, startModelsServer } from "../../../../test/support/models-server.ts";
import { listModels } from "../../src/models/list-models.ts";
import type { ModelsEndpoint } from "../../src/models/models-endpoint.ts";

const KEY = "sk-canary-list-0123456789";

async function endpointTo(answer: Answer, change: Partial<ModelsEndpoint> = {}) {
  const server = await startModelsServer(answer);
  const endpoint: ModelsEndpoint = {
    ...{ provider: "openai", api: "openai", baseUrl: `${server.url}/v1`, key: KEY, keyless: false },
    ...change,
  };
  return { server, endpoint };
}
const anthropic = { provider: "anthropic", api: "anthropic" } as const;

describe("listModels", () => {
  it("reads every page of Anthropic's list, newest first, with the key in its header alone", async () => {
    const { server, endpoint } = await endpointTo(listing(KEY), anthropic);
    expect(await listModels(endpoint)).toEqual([
      { id: "claude-b-2", note: "Claude B 2" },
      { id: "claude-a-1", note: "Claude A 1" },
    ]);
    expect(server.requests.map(({ path }) => path)).toEqual([
      "/v1/models?limit=1000",
      "/v1/models?limit=1000&after_id=claude-a-1",
    ]);
    for (const { path, headers } of server.requests) {
      expect(path).not.toContain(KEY);
      expect(headers).toMatchObject({ "x-api-key": KEY, "anthropic-version": "2023-06-01" });
      expect(headers.authorization).toBeUndefined();
    }
  });

  it("takes of OpenAI's list what can converse, and all of a server of the person's own", async () => {
    const { endpoint } = await endpointTo(listing(KEY));
    expect((await listModels(endpoint)).map(({ id }) => id)).toEqual(["o7-mini", "gpt-9"]);
    expect(await listModels({ ...endpoint, provider: "lab" })).toHaveLength(5);
  });

  it("sends no key where there is none", async () => {
    const { server, endpoint } = await endpointTo(json(200, { data: [{ id: "llama" }] }), {
      ...{ provider: "lab", key: null, keyless: true },
    });
    expect(await listModels(endpoint)).toEqual([{ id: "llama", note: null }]);
    expect(server.requests[0]?.headers.authorization).toBeUndefined();
  });

  it.each<[string, string, Answer]>([
    ["E504", "401", json(401, { error: { message: "bad key" } })],
    ["E504", "403", json(403, { error: { message: "no access" } })],
    ["E505", "429", json(429, { error: { message: "slow down", code: "rate_limit_exceeded" } })],
    ["E512", "402", json(402, {})],
    [
      "E512",
      "429",
      json(429, { error: { message: "You exceeded your current quota", code: "insufficient_quota" } }),
    ],
    ["E512", "400", json(400, { error: { message: "Your credit balance is too low to access the API" } })],
    ["E506", "400", json(400, { error: "no" })],
    ["E506", "404", json(404, { error: { message: "not here" } })],
    ["E506", "529", json(529, { error: { type: "overloaded_error", message: "Overloaded" } })],
    ["E506", "502", (response) => void response.writeHead(502).end("<html>bad gateway</html>")],
    ["E506", "sends to another", (response) => void response.writeHead(302, { location: "/v1/x" }).end()],
    ["E506", "not JSON", (response) => void response.end("hello")],
    ["E506", "no list of models", json(200, { models: [] })],
    ["E506", "no list of models", json(200, { data: [{ id: 7 }] })],
    ["E506", "longer than", (response) => void response.end("x".repeat(5 * 1024 * 1024))],
    ["E520", "cut", (response) => void response.destroy()],
  ])("ends in %s (%s) where that is what the API does", async (code, words, answer) => {
    for (const change of [anthropic, {}]) {
      const { endpoint } = await endpointTo(answer, change);
      await expect(listModels(endpoint)).rejects.toMatchObject({
        code,
        message: expect.stringContaining(words),
      });
    }
  });

  it("gives up on an API that is silent, that stops half-way, or that is not there", async () => {
    const half: Answer = (response) => void response.writeHead(200).write('{"data":[');
    for (const answer of [() => {}, half] satisfies Answer[]) {
      const { endpoint } = await endpointTo(answer);
      const started = performance.now();
      await expect(listModels(endpoint, { timeoutMs: 200 })).rejects.toMatchObject({
        code: "E520",
        message: expect.stringContaining("did not answer in time"),
      });
      expect(performance.now() - started).toBeLessThan(5000);
    }
    const { server, endpoint } = await endpointTo(() => {});
    await server.stop();
    await expect(listModels(endpoint)).rejects.toMatchObject({
      code: "E520",
      message: expect.stringMatching(/127\.0\.0\.1:\d+: nothing listens there/),
    });
  });

  it("takes a thousand models of a huge list, and does not follow one that never ends", async () => {
    const many = Array.from({ length: 20_000 }, (_, index) => ({ id: `gpt-${index}`, created: index }));
    const huge = await endpointTo(json(200, { data: many }));
    const found = await listModels(huge.endpoint);
    expect(found).toHaveLength(1000);
    expect(found[0]?.id).toBe("gpt-19999");
    const page = { data: [{ id: "claude-x" }], has_more: true, last_id: "claude-x" };
    const endless = await endpointTo(json(200, page), anthropic);
    await expect(listModels(endless.endpoint)).rejects.toMatchObject({ code: "E506" });
    expect(endless.server.requests.length).toBeLessThan(20);
  });

  it("tells the key in no error, though the API repeats it, and sends it nowhere else", async () => {
    const echo = await endpointTo(json(401, { error: { message: `Incorrect key: ${KEY}` } }));
    const error = await listModels(echo.endpoint).catch((thrown: unknown) => thrown);
    expect(JSON.stringify([error, String(error)])).not.toContain(KEY);
    const other = await startModelsServer(listing(KEY));
    const away = await endpointTo(
      (response) => void response.writeHead(307, { location: `${other.url}/v1/models` }).end(),
      anthropic,
    );
    await expect(listModels(away.endpoint)).rejects.toMatchObject({ code: "E506" });
    expect(other.requests).toEqual([]);
  });

  it("refuses a key that can be none without asking anybody", async () => {
    const { server, endpoint } = await endpointTo(listing(KEY), { key: "sk-two\nlines" });
    await expect(listModels(endpoint)).rejects.toMatchObject({ code: "E504" });
    expect(server.requests).toEqual([]);
  });
});
