import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import * as z from "zod";

export interface StoredLogin {
  readonly kind: "api_key" | "oauth";
  readonly secret: string;
  /** Milliseconds since 1970; null where it does not expire. */
  readonly expiresAt: number | null;
  readonly refreshable: boolean;
}

const oauthSchema = z.looseObject({
  claudeAiOauth: z.looseObject({
    accessToken: z.string().min(1),
    refreshToken: z.string().nullish(),
    expiresAt: z.number().nullish(),
  }),
});
const consoleSchema = z.looseObject({ primaryApiKey: z.string().min(1) });

const MAX_BYTES = 4 * 1024 * 1024;
const KEYCHAIN_TIMEOUT_MS = 10_000;
const KEYCHAIN_ITEM = "Claude Code-credentials";

/** The login that `claude auth login` left in the person's home folder, or in the keychain of macOS; null without one. */
export async function readStoredLogin(
  homeDir: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<StoredLogin | null> {
  const folder = env.CLAUDE_CONFIG_DIR ?? join(homeDir, ".claude");
  const file = (await readPrivate(join(folder, ".credentials.json"))) ?? (await readKeychain());
  const oauth = oauthSchema.safeParse(file);
  if (oauth.success) {
    const { accessToken, refreshToken, expiresAt } = oauth.data.claudeAiOauth;
    return {
      kind: "oauth",
      secret: accessToken,
      expiresAt: expiresAt ?? null,
      refreshable: typeof refreshToken === "string" && refreshToken !== "",
    };
  }
  const settings = await readPrivate(join(env.CLAUDE_CONFIG_DIR ?? homeDir, ".claude.json"));
  const key = consoleSchema.safeParse(settings);
  if (!key.success) return null;
  return { kind: "api_key", secret: key.data.primaryApiKey, expiresAt: null, refreshable: false };
}

/** O_NOFOLLOW: a link planted there must not turn another file into a key. */
async function readPrivate(path: string): Promise<unknown> {
  try {
    const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const { size } = await handle.stat();
      return size > MAX_BYTES ? null : JSON.parse(await handle.readFile("utf8"));
    } finally {
      await handle.close();
    }
  } catch {
    return null;
  }
}

async function readKeychain(): Promise<unknown> {
  if (process.platform !== "darwin") return null;
  try {
    const args = ["find-generic-password", "-s", KEYCHAIN_ITEM, "-w"];
    const found = await promisify(execFile)("/usr/bin/security", args, { timeout: KEYCHAIN_TIMEOUT_MS });
    return JSON.parse(found.stdout);
  } catch {
    return null;
  }
}
