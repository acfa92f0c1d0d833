import type { TaskQueue } from "@pm/core";
import type { Services } from "./services.ts";

/** The services of a real process, loaded when one is first used. */
export function createLazyServices(
  env: Readonly<Record<string, string | undefined>>,
  version: string,
): Services {
  const queues = new Map<string, Promise<TaskQueue>>();
  const compose = () => import("./compose.ts");
  const workPart = () => import("./work-part.ts");
  const open = async (namespace: string) => (await workPart()).openNamespace(env, namespace);
  const queue = (namespace: string) => {
    const known = queues.get(namespace) ?? open(namespace);
    queues.set(namespace, known);
    return known;
  };
  const engine = async (namespace: string) =>
    (await compose()).composeEngine(env, version, { namespace, queue: () => queue(namespace) });
  return {
    queue,
    engine,
    place: async (engine, project) => (await compose()).placeIn(env, engine, project),
    createQueue: async (namespace, shards) => (await workPart()).createQueue(env, namespace, shards),
    queuePolicy: async (namespace) => (await workPart()).queuePolicy(namespace),
    isGone: async (workerId) => (await workPart()).isGone(workerId),
    startWorker: async (setup) =>
      (await compose()).composeWorker(env, version, await queue(setup.namespace), setup),
    async startWeb(setup) {
      const parts = { engine: await engine(setup.namespace), queue: await queue(setup.namespace), version };
      return (await compose()).composeWeb(parts, setup);
    },
    record: async (engine, sessionId, path) =>
      (await compose()).composeRecording(env, { engine, sessionId, path }),
    replay: async (engine, sessionId, control) =>
      (await compose()).composeReplay(env, version, { engine, sessionId, control }),
    validate: async (project) => (await workPart()).validate(project),
    executors: async (project) => (await workPart()).executors(project),
    init: async (project) => (await workPart()).init(project),
    userSetup: async () => (await workPart()).createUserSetup(env),
    doctor: async (project, namespace) => (await workPart()).examine(env, project, namespace),
    async close() {
      // One that could not be opened has told so already.
      for (const opened of queues.values()) await (await opened.catch(() => null))?.close();
    },
  };
}
