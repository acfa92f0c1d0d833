import { join } from "node:path";
import * as z from "zod";
import { isRunnerError, RunnerError } from "../errors/runner-error.ts";
import { parseJson } from "./parse-json.ts";
import { readPrivateFile } from "./read-private-file.ts";

const key = z.string().trim().min(1).max(1000);

/** `config.json` of the home folder: what only the user may say, never a repository. */
export const userConfigSchema = z.strictObject({
  keys: z.strictObject({ anthropic: key.optional(), openai: key.optional() }).optional(),
  providers: z
    .strictObject({
      "claude-code": z
        .strictObject({ command: z.array(z.string().min(1)).min(1).max(50).optional() })
        .optional(),
    })
    .optional(),
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
