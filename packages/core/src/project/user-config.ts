import { join } from "node:path";
import * as z from "zod";
import { isRunnerError, RunnerError } from "../errors/runner-error.ts";
import { parseJson } from "./parse-json.ts";
import { readPrivateFile } from "./read-private-file.ts";

const key = z.string().trim().min(1).max(1000);

const argv = z.array(z.string().min(1)).min(1).max(50);
const httpUrl = z.url({ protocol: /^https?$/ });
/** Which of OpenAI's two APIs an endpoint speaks; local servers mostly speak `chat`. */
const openaiApi = z.enum(["responses", "chat"]);
const variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/);

/** Another endpoint that speaks OpenAI's API: a local model, a proxy. */
export const openaiCompatibleSchema = z.strictObject({
  type: z.literal("openai"),
  base_url: httpUrl,
  api: openaiApi.default("chat"),
  /** Variable of the person's environment that holds the key; none: no key is sent. */
  key_env: variable.optional(),
  /** Used where no other model is chosen. */
  model: z.string().min(1).optional(),
});
export type OpenaiCompatible = z.infer<typeof openaiCompatibleSchema>;

/** An agent that speaks the Agent Client Protocol over its standard input and output. */
export const acpAgentSchema = z.strictObject({
  type: z.literal("acp"),
  command: argv,
  /** Set in the agent's environment as they stand here; a key does not belong here. */
  env: z.record(variable, z.string()).optional(),
  /**
   * Where the agent finds its model: pm forwards this one address and puts the key in on the way, so that neither network
   * nor key are in the sandbox.
   */
  endpoint: z
    .strictObject({
      url: httpUrl,
      /** Variable by which the agent is told the address; a `path` is put behind it. */
      url_env: variable,
      path: z.string().startsWith("/").optional(),
      /** Variable by which the agent is given what it takes for its key. */
      key_env: variable,
      /** Whose key it is (`pm keys`), or the variable of the person's environment that holds it. */
      key: z.union([z.enum(["anthropic", "openai"]), z.strictObject({ env: variable })]),
    })
    .optional(),
});
export type AcpAgent = z.infer<typeof acpAgentSchema>;

export const ownProviderSchema = z.discriminatedUnion("type", [openaiCompatibleSchema, acpAgentSchema]);

export const modelPriceSchema = z.strictObject({
  input: z.number().nonnegative(),
  output: z.number().nonnegative(),
  /** Default: as `input`. */
  cache_read: z.number().nonnegative().optional(),
  cache_write: z.number().nonnegative().optional(),
});

const isProviderName = (name: string) => /^[a-z][a-z0-9-]{0,31}$/.test(name) && name !== "replay";

/** `config.json` of the home folder: what only the user may say, never a repository. */
export const userConfigSchema = z.strictObject({
  keys: z.strictObject({ anthropic: key.optional(), openai: key.optional() }).optional(),
  providers: z
    .object({
      "claude-code": z.strictObject({ command: argv.optional() }).optional(),
      anthropic: z.strictObject({ base_url: httpUrl.optional() }).optional(),
      openai: z.strictObject({ base_url: httpUrl.optional(), api: openaiApi.optional() }).optional(),
    })
    .catchall(ownProviderSchema)
    .refine((providers) => Object.keys(providers).every(isProviderName), {
      error: "a provider's name is up to 32 lower-case letters, digits and dashes, and not replay",
    })
    .optional(),
  /** US dollars per million tokens, by model: for models that pm has no price of, or at other terms. */
  prices: z.record(z.string().min(1), modelPriceSchema).optional(),
  queue: z
    .strictObject({
      // Any word: `PM_QUEUE` may name another one, and whoever opens the queue refuses what it does not know (E443).
      engine: z.string().min(1).max(50).optional(),
      dynamodb: z
        .strictObject({ region: z.string().min(1).optional(), endpoint: z.url().optional() })
        .optional(),
    })
    .optional(),
});
export type UserConfig = z.infer<typeof userConfigSchema>;

/**
 * @param home as `pmHome` gives it.
 * @returns the user's configuration; empty where there is none.
 * @throws E112 where it is not valid (no value is quoted: it may be a key), E113 where it is not the user's alone.
 */
export async function loadUserConfig(home: string): Promise<UserConfig> {
  const path = join(home, "config.json");
  const text = await readPrivateFile(path);
  if (text === null) return {};
  let value: unknown;
  try {
    value = parseJson(text, path);
  } catch (error) {
    if (!isRunnerError(error, "E107")) throw error;
    const { line, column } = error.data;
    throw new RunnerError("E112", { path, reason: `line ${line}, column ${column} is not JSON` });
  }
  const parsed = userConfigSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const reason = parsed.error.issues
    .map(({ path: at, message }) => `${at.join(".") || "the file"}: ${message}`)
    .join("; ");
  throw new RunnerError("E112", { path, reason });
}
