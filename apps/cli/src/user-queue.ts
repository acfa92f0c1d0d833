import { loadUserConfig, type UserConfig } from "@pm/core";

/** @returns which queue the user's config.json asks for. @throws E112, E113 */
export async function userQueue(home: string): Promise<UserConfig["queue"]> {
  return (await loadUserConfig(home)).queue;
}
