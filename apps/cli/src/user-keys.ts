import { loadUserConfig } from "@pm/core";

/** @returns the API keys of the user's config.json. @throws E112, E113 */
export async function userKeys(home: string): Promise<readonly string[]> {
  const { keys } = await loadUserConfig(home);
  return Object.values(keys ?? {}).filter((key) => key !== undefined);
}
