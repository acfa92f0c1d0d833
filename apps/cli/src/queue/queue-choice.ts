import { loadUserConfig, pmHome, RunnerError } from "@pm/core";
import type { QueueChoice } from "@pm/queue";

/**
 * Which queue a namespace uses and where it is: the environment wins over the user's config.json, SQLite is the default.
 * @throws RunnerError E443 for an unknown engine; E112, E113 where config.json is not usable
 */
export async function queueChoice(
  env: Readonly<Record<string, string | undefined>>,
  namespace: string,
): Promise<QueueChoice> {
  const home = pmHome(env);
  const { queue: config } = await loadUserConfig(home);
  const engine = env.PM_QUEUE || (config?.engine ?? "sqlite");
  if (engine !== "sqlite" && engine !== "dynamodb") throw new RunnerError("E443", { value: engine });
  const region = config?.dynamodb?.region;
  const endpoint = env.PM_DYNAMODB_ENDPOINT || config?.dynamodb?.endpoint;
  return {
    engine,
    home,
    namespace,
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
  };
}
