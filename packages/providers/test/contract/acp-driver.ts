import { fileURLToPath } from "node:url";
import { createAcpProvider } from "../../src/index.ts";
import { CLAUDE_CODE } from "./claude-code-driver.ts";
import type { Driver } from "./driver.ts";

const AGENT = fileURLToPath(new URL("../../../../node_modules/.bin/claude-code-acp", import.meta.url));

/** A real agent that speaks ACP, as pinned. Its tools are those of Claude Code, which it is made of. */
export const ACP: Driver = {
  ...CLAUDE_CODE,
  name: "acp (claude-code-acp)",
  answer: null,
  resumes: false,
  endsItself: false,
  exitOfFailure: 0,
  isAside: ({ model }) => model?.includes("haiku") === true,
  codes: {
    ...CLAUDE_CODE.codes,
    "a refusal": "E510",
    "an answer that is too long": "E510",
    "a stream that breaks off": "E510",
  },
  make: (_, server, key) =>
    createAcpProvider({
      name: "zed",
      command: [AGENT],
      env: { CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1", CLAUDE_CODE_MAX_RETRIES: "2" },
      endpoint: {
        url: server.url,
        url_env: "ANTHROPIC_BASE_URL",
        key_env: "ANTHROPIC_API_KEY",
        key: { secret: key, source: "env KEY" },
        variable: "KEY",
      },
      prices: undefined,
      redactor: { redact: (text) => text },
      lingerMs: 200,
    }),
};
