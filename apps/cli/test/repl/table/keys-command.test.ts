import { describe, expect, it } from "vitest";
import { filesHolding } from "../../../../../test/support/files-holding.ts";
import { listing, startModelsServer } from "../../../../../test/support/models-server.ts";
import { replBench } from "../controller/repl-bench.ts";

const KEY = "sk-canary-repl-0123456789";

describe("/keys", () => {
  it("check asks each API that has a key", async () => {
    const server = await startModelsServer(listing(KEY));
    const env = {
      ...{ OPENAI_BASE_URL: `${server.url}/v1`, ANTHROPIC_BASE_URL: server.url },
      ...{ OPENAI_API_KEY: KEY, ANTHROPIC_API_KEY: "sk-ant-wrong-0123456789" },
    };
    const bench = replBench({ env, worker: false });
    const printed = await bench.type("/keys check");
    expect(printed).toMatch(/anthropic\s+env ANTHROPIC_API_KEY\s+E504 .*\nopenai\s+env OPENAI_API_KEY\s+ok/);
    expect(await bench.type("/keys check openai")).not.toContain("anthropic");
    expect(JSON.stringify(bench.items)).not.toContain("0123456789");
  });

  it("remove takes the key out and enters Key Setup Mode again where it was the last one", async () => {
    const bench = replBench({ replay: false, worker: false });
    await bench.type(`/keys set openai ${KEY}`);
    expect(bench.controller.view().keySetup).toBeNull();
    expect(await bench.type("/keys remove anthropic")).toContain("config.json holds no key of anthropic");
    const printed = await bench.type("/keys remove openai");
    expect(printed).toMatch(/openai\s+NOT SET/);
    expect(printed).toContain("Key Setup Mode: no API key is set");
    expect(filesHolding(bench.folder, KEY)).toEqual([]);
  });

  it.each(["/keys remove", `/keys remove ${KEY}`, `/keys check ${KEY}`, `/keys check openai ${KEY}`])(
    "refuses %s, says what there is, and tells no key",
    async (line) => {
      const bench = replBench({ worker: false });
      expect(await bench.type(line)).toMatch(
        /E115[\s\S]*\/keys check \[provider\] or \/keys remove <provider>/,
      );
      expect(JSON.stringify(bench.items)).not.toContain(KEY);
    },
  );

  it("names the key that the chosen provider needs", async () => {
    const bench = replBench({ replay: false, worker: false });
    expect(await bench.type("/provider openai")).toContain("Set a key: /keys set openai <key>");
    expect(await bench.type("/start")).toContain("Type: /keys set openai <key>");
  });
});
