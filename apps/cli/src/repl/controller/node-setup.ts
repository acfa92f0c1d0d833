import { isRunnerError, loadReplConfig, saveReplConfig } from "@pm/core";
import { composeProvider } from "../../compose.ts";
import { createUserSetup } from "../../setup/create-user-setup.ts";
import { branchOf } from "./branch-of.ts";
import type { ReplSetup } from "./repl-setup.ts";

/** The settings of a real process: its environment, the user's home folder and the project's files. */
export function createNodeSetup(
  env: Readonly<Record<string, string | undefined>>,
  project: string,
): ReplSetup {
  return {
    ...createUserSetup(env),
    choice: () => loadReplConfig(project),
    async saveChoice(change) {
      try {
        await saveReplConfig(project, change);
        return true;
      } catch (error) {
        if (isRunnerError(error, "E105")) return false;
        throw error;
      }
    },
    login: async (provider) => (await composeProvider(env, provider, project).check()).login,
    branch: () => branchOf(project),
  };
}
