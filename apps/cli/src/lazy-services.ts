import type { Services } from "./services.ts";

/** The services of a real process, loaded when one is first used. */
export function createLazyServices(
  env: Readonly<Record<string, string | undefined>>,
  version: string,
): Services {
  const heavyPart = () => import("./heavy-part.ts");
  return {
    engine: async () => (await heavyPart()).composeEngine(env, version),
    validate: async (project) => (await heavyPart()).validate(project),
    init: async (project) => (await heavyPart()).init(project),
    doctor: async (project) => (await heavyPart()).examine(env, project),
  };
}
