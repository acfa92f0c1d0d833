import { changeUserConfig } from "./change-user-config.ts";
import type { KeyProvider } from "./key-status.ts";
import { loadUserConfig } from "./user-config.ts";

/**
 * Takes a key out of `config.json` of the home folder; makes nothing where there is none.
 * @returns whether there was one
 * @throws RunnerError E104, E109, E112, E113, E119, E123, E402 as `saveUserKey`
 */
export async function removeUserKey(home: string, provider: KeyProvider): Promise<boolean> {
  if ((await loadUserConfig(home)).keys?.[provider] === undefined) return false;
  let found = false;
  await changeUserConfig(home, ({ keys = {}, ...rest }) => {
    // Another process may have been first.
    found = keys[provider] !== undefined;
    const { [provider]: _removed, ...left } = keys;
    return Object.keys(left).length === 0 ? rest : { ...rest, keys: left };
  });
  return found;
}
