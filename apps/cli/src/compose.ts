import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { createEngine, createRedactor, type Engine, type Provider, pmHome, type TaskQueue } from "@pm/core";
import { createQueuedEngine, type Place, type QueuedEngine } from "@pm/queue";
import type { WebOptions, WebServer } from "@pm/web";
import { lazyProvider } from "./lazy-provider.ts";
import type { ReplayReport } from "./recordings/replay-report.ts";
import type { ReplayControl } from "./recordings/replay-session.ts";
import type { RunningWorker, WebSetup, WorkerSetup } from "./services.ts";
import { isBuiltIn, providerNames, REPLAY_PREFIX, unknownProvider } from "./setup/provider-names.ts";

type Env = Readonly<Record<string, string | undefined>>;

const KEY_VARIABLES = [
  "ANTHROPIC_API_KEY",
  "ANTHROPIC_AUTH_TOKEN",
  "CLAUDE_CODE_OAUTH_TOKEN",
  "OPENAI_API_KEY",
] as const;

/**
 * This file is the only one that wires engine, queue and providers.
 * @param queue is asked for the namespace's queue when a call first needs it
 * @throws E112, E113 where the user's config.json is not usable
 */
export async function composeEngine(
  env: Env,
  version: string,
  { namespace, queue }: { readonly namespace: string; queue(): Promise<TaskQueue> },
): Promise<QueuedEngine> {
  const secrets = await secretsOf(env);
  const engine = composeBareEngine(env, version, secrets);
  return createQueuedEngine({ engine, queue, namespace, home: pmHome(env), secrets });
}

/** @throws E101, E112, E113 */
export async function composeWorker(
  env: Env,
  version: string,
  queue: TaskQueue,
  { projects, concurrency, onEvent }: WorkerSetup,
): Promise<RunningWorker> {
  const { createWorker } = await import("./work-part.ts");
  const found = await Promise.all(projects.map((path) => placeIn(env, queue.engine, path)));
  // The same folder may be named twice.
  const places = [...new Map(found.map((place) => [place.root, place])).values()];
  const engine = composeBareEngine(env, version, await secretsOf(env));
  return { worker: createWorker({ engine, queue, places, concurrency, onEvent }), places };
}

/** The server draws from the engine and the queue of its process, and has nothing else. */
export async function composeWeb(
  parts: Pick<WebOptions, "engine" | "queue" | "version">,
  setup: WebSetup,
): Promise<WebServer> {
  const { createWebServer, pages } = await import("./web-part.ts");
  return createWebServer({ ...parts, ...setup, assets: pages });
}

/** @returns the file that was written. @throws E523, E310, E104, E109, E119 */
export async function composeRecording(
  env: Env,
  { engine, sessionId, path }: { engine: Engine; sessionId: string; path: string },
): Promise<string> {
  const { saveRecording } = await import("./work-part.ts");
  await saveRecording(engine, createRedactor(await secretsOf(env)), sessionId, path);
  return path;
}

/** @throws E523, E302, E310 */
export async function composeReplay(
  env: Env,
  version: string,
  { engine, sessionId, control }: { engine: Engine; sessionId: string; control: ReplayControl },
): Promise<ReplayReport> {
  const { replaySession } = await import("./work-part.ts");
  const secrets = await secretsOf(env);
  // No queue: nobody else is to see these sessions, or to take them up.
  const engineIn = (home: string) => composeBareEngine({ ...env, PM_HOME: home }, version, secrets);
  return replaySession({ engine, engineIn }, sessionId, control);
}

/** What a queue knows a project by. @throws E101 */
export async function placeIn(env: Env, engine: TaskQueue["engine"], project: string): Promise<Place> {
  return (await import("./work-part.ts")).placeOf(engine, pmHome(env), project);
}

/** The engine that runs what is handed to it; a worker hands it what it claimed. */
function composeBareEngine(env: Env, version: string, secrets: readonly string[]): Engine {
  return createEngine({
    home: pmHome(env),
    version,
    providers: (name, { projectDir }) => composeProvider(env, name, projectDir, version),
    secrets,
  });
}

/** What must reach no disk, no screen and no network. */
async function secretsOf(env: Env): Promise<string[]> {
  // Most people have no config.json, and its schema would cost every command that only reads.
  const hasConfig = existsSync(join(pmHome(env), "config.json"));
  const keys = hasConfig ? await (await import("./work-part.ts")).userKeys(pmHome(env), env) : [];
  const secrets = [...KEY_VARIABLES.map((name) => env[name]), ...keys];
  // A short value is no key, and taking it out of every text would garble the evidence.
  return secrets.filter((secret) => secret !== undefined && secret.length >= 8) as string[];
}

/**
 * Those that the person named in config.json are looked up when one is first used.
 * @param version of pm
 * @throws E507
 */
export function composeProvider(env: Env, name: string, projectDir: string, version?: string): Provider {
  if (name.startsWith(REPLAY_PREFIX)) {
    const path = name.slice(REPLAY_PREFIX.length);
    return lazyProvider("replay", async () => (await import("./work-part.ts")).replay(path));
  }
  const home = pmHome(env);
  if (!isBuiltIn(name) && !existsSync(join(home, "config.json")))
    throw unknownProvider(name, providerNames({}));
  return lazyProvider(name, async () => {
    const { namedProvider } = await import("./work-part.ts");
    return namedProvider(name, { env, homeDir: homedir(), pmHome: home, projectDir, version });
  });
}
