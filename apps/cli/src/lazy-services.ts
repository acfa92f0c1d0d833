import type { Services } from "./services.ts";

/** The services of a real process, loaded when one is first used. */
export function createLazyServices(
  env: Readonly<Record<string, string | undefined>>,
  version: string,
): Services {
  const projectPart = () => import("./work-part.ts");
  return {
    engine: async () => (await import("./compose.ts")).composeEngine(env, version),
    validate: async (project) => (await projectPart()).validate(project),
    init: async (project) => (await projectPart()).init(project),
    doctor: async (project) => (await projectPart()).examine(env, project),
  };
}
