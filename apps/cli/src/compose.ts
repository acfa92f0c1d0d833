import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { createEngine, type Engine, type Provider, pmHome, RunnerError } from "@pm/core";
import { suggest } from "./command-line/suggest.ts";
import { lazyProvider } from "./lazy-provider.ts";

type Env = Readonly<Record<string, string | undefined>>;

const KEY_VARIABLES = [
  "ANTHROPIC_API_KEY",
  "ANTHROPIC_AUTH_TOKEN",
  "CLAUDE_CODE_OAUTH_TOKEN",
  "OPENAI_API_KEY",
] as const;
const REPLAY_PREFIX = "replay:";
const KNOWN = ["claude-code", "replay:<file>"];

/** The only place that wires the engine and its providers. @throws E112, E113 where the user's config.json is not usable */
export async function composeEngine(env: Env, version: string): Promise<Engine> {
  const home = pmHome(env);
  // Most people have none, and its schema would cost every command that only reads.
  const hasConfig = existsSync(join(home, "config.json"));
  const keys = hasConfig ? await (await import("./work-part.ts")).userKeys(home) : [];
  const secrets = [...KEY_VARIABLES.map((name) => env[name]), ...keys];
  return createEngine({
    home,
    version,
    providers: (name, { projectDir }) => composeProvider(env, name, projectDir),
    // A short value is no key, and taking it out of every text would garble the evidence.
    secrets: secrets.filter((secret) => secret !== undefined && secret.length >= 8) as string[],
  });
}

/** @throws E507 */
export function composeProvider(env: Env, name: string, projectDir: string): Provider {
  if (name === "claude-code") {
    return lazyProvider(name, async () => {
      const { claudeCode } = await import("./work-part.ts");
      return claudeCode(env, { homeDir: homedir(), pmHome: pmHome(env), projectDir });
    });
  }
  if (name.startsWith(REPLAY_PREFIX)) {
    const path = name.slice(REPLAY_PREFIX.length);
    return lazyProvider("replay", async () => (await import("./work-part.ts")).replay(path));
  }
  const suggestion = suggest(name, ["claude-code", "replay"]);
  throw new RunnerError("E507", { name, suggestion, known: KNOWN.join(", ") });
}
