import type { Services } from "./services.ts";

/** The services of a real process. Each is loaded when it is first used, so that no command pays for another's. */
export function createLazyServices(
  env: Readonly<Record<string, string | undefined>>,
  version: string,
): Services {
  return {
    engine: async () => (await import("./compose.ts")).composeEngine(env, version),
    validate: async (project) => (await import("./project-services.ts")).validate(project),
    init: async (project) => (await import("./project-services.ts")).init(project),
    doctor: async (project) => (await import("./doctor/examine.ts")).examine(env, project),
  };
}
