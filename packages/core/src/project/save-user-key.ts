import { join } from "node:path";
import { RunnerError } from "../errors/runner-error.ts";
import { changeUserConfig } from "./change-user-config.ts";
import type { KeyProvider } from "./key-status.ts";

const MOST_CHARACTERS = 1000;

/**
 * Writes a key into `config.json` of the home folder.
 * @param home as `pmHome` gives it; created with mode 0700 where it is missing
 * @throws RunnerError E112 the file is not valid, or the key can be none; E113 not the user's alone; E104, E109, E119, E123
 *   not writable; E402 held by another process for 10 s
 */
export async function saveUserKey(home: string, provider: KeyProvider, key: string): Promise<void> {
  const trimmed = key.trim();
  if (!/^[\x21-\x7e]+$/.test(trimmed) || trimmed.length > MOST_CHARACTERS) {
    const reason = `keys.${provider} would be no key: up to ${MOST_CHARACTERS} ASCII characters without blanks are one`;
    throw new RunnerError("E112", { path: join(home, "config.json"), reason });
  }
  await changeUserConfig(home, (config) => ({
    ...config,
    keys: { ...config.keys, [provider]: trimmed },
  }));
}
