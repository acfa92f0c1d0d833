import type { TaskQueue } from "@pm/core";
import type { Services } from "./services.ts";

/** The services of a real process, loaded when one is first used. */
export function createLazyServices(
  env: Readonly<Record<string, string | undefined>>,
  version: string,
): Services {
  const queues = new Map<string, Promise<TaskQueue>>();
  const compose = () => import("./compose.ts");
  const projectPart = () => import("./work-part.ts");
  const queuePart = () => import("./queue-part.ts");
  const open = async (namespace: string) => {
    const { openQueue, queueChoice } = await queuePart();
    return openQueue(await queueChoice(env, namespace));
  };
  const queue = (namespace: string) => {
    const known = queues.get(namespace) ?? open(namespace);
    queues.set(namespace, known);
    return known;
  };
  return {
    queue,
    engine: async (namespace) =>
      (await compose()).composeEngine(env, version, { namespace, queue: () => queue(namespace) }),
    async place(engine, project) {
      const { placeOf, pmHome } = await queuePart();
      return placeOf(engine, pmHome(env), project);
    },
    createQueue: async (namespace, shards) =>
      (await import("./queue/queue-table.ts")).createQueue(env, namespace, shards),
    queuePolicy: async (namespace) => (await import("./queue/queue-table.ts")).queuePolicy(namespace),
    isGone: async (workerId) => (await queuePart()).isGone(workerId),
    startWorker: async (setup) =>
      (await compose()).composeWorker(env, version, await queue(setup.namespace), setup),
    validate: async (project) => (await projectPart()).validate(project),
    executors: async (project) => (await projectPart()).executors(project),
    init: async (project) => (await projectPart()).init(project),
    doctor: async (project, namespace) => (await projectPart()).examine(env, project, namespace),
    async close() {
      // One that could not be opened has told so already.
      for (const opened of queues.values()) await (await opened.catch(() => null))?.close();
    },
  };
}
