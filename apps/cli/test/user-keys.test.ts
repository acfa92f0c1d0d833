import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { tempFolder } from "../../../test/support/temp-folder.ts";
import { userKeys } from "../src/user-keys.ts";

const agent = { url: "https://api.example.com", url_env: "URL", key_env: "TOKEN" };
const CONFIG = {
  keys: { anthropic: "kept-in-the-file" },
  providers: {
    "claude-code": { command: ["claude"] },
    lab: { type: "openai", base_url: "http://lab/v1", key_env: "LAB_KEY" },
    open: { type: "openai", base_url: "http://open/v1" },
    unset: { type: "openai", base_url: "http://unset/v1", key_env: "UNSET_KEY" },
    goose: { type: "acp", command: ["goose"], endpoint: { ...agent, key: { env: "GOOSE_KEY" } } },
    zed: { type: "acp", command: ["zed"], endpoint: { ...agent, key: "openai" } },
    mute: { type: "acp", command: ["mute"] },
  },
};

it("the person's keys are those of config.json, and those of the environment that it names", async () => {
  const home = tempFolder();
  writeFileSync(join(home, "config.json"), JSON.stringify(CONFIG), { mode: 0o600 });
  const env = { LAB_KEY: "of the lab\n", GOOSE_KEY: "of goose", TOKEN: "of nobody" };
  expect([...(await userKeys(home, env))].sort()).toEqual(["kept-in-the-file", "of goose", "of the lab"]);
});
