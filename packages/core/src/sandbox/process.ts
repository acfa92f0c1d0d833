/**
 * Isolation without a sandbox: own process group, own HOME, a copied workspace, an allow-listed environment.
 *
 * Owns, for one run, the process tree, its guard and the endpoint's relay. It keeps I1–I4 of types.ts against
 * programs that are careless; one that means harm needs level `sandbox`. `access` can't be enforced here, and the
 * child sees the workspace at `place.dir`, not at `place.mountAt`.
 */
import { accessSync, constants, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, isAbsolute, join, resolve } from "node:path";
import { realPathOf } from "../project/paths.ts";
import { childEnvironment } from "./child-environment.ts";
import { cleanPath } from "./clean-path.ts";
import { copyDependencies } from "./dependency-copy.ts";
import { driveChild, notStarted } from "./drive-child.ts";
import { type EndpointRelay, openEndpointRelay } from "./endpoint-relay.ts";
import { startProcessGuard } from "./process-guard.ts";
import { createProcessLever } from "./process-lever.ts";
import { MARK_VARIABLE, newRunMark } from "./run-mark.ts";
import { SpawnRefused, spawnChild } from "./spawn-child.ts";
import { findToolHomes } from "./tool-homes.ts";
import type { CommandResult, CommandSpec, Isolation, Place } from "./types.ts";

/** Without a sandbox the child has the machine's network, and may need its certificates. */
const PASSED_ON = ["NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "SSL_CERT_DIR"];

export interface ProcessIsolationOptions {
  readonly userHome?: string;
  readonly userEnv?: NodeJS.ProcessEnv;
}

/** An isolation of level `process`. Works everywhere; see its header for what it does not keep. */
export function createProcessIsolation(options: ProcessIsolationOptions = {}): Isolation {
  const userEnv = options.userEnv ?? process.env;
  const userHome = options.userHome ?? homedir();

  const environment = (place: Place, spec: CommandSpec, relay: EndpointRelay | null, mark: string) => ({
    ...childEnvironment({
      userEnv,
      path: cleanPath(userEnv.PATH, place.mountAt),
      home: place.home,
      tmp: place.home,
      tools: findToolHomes(userHome, userEnv),
      pass: PASSED_ON,
    }),
    ...(relay === null ? {} : spec.endpoint?.env(relay.url)),
    ...spec.env,
    [MARK_VARIABLE]: mark,
  });

  const runWith = async (
    place: Place,
    spec: CommandSpec,
    relay: EndpointRelay | null,
  ): Promise<CommandResult> => {
    const mark = newRunMark();
    const env: Record<string, string> = environment(place, spec, relay, mark);
    const program = findProgram(spec.argv[0], env.PATH ?? "", place.dir);
    if (program === null) return notStarted(spec, "spawn_failed", `${spec.argv[0]}: not found`);
    const guard = startProcessGuard(mark);
    try {
      const child = spawnChild(program, spec.argv.slice(1), {
        argv0: spec.argv[0],
        env,
        cwd: place.dir,
        detached: true,
        stdio: ["pipe", "pipe", "pipe"],
      });
      if (child.pid !== undefined) guard.watch(child.pid);
      const dirs = [realPathOf(place.dir), realPathOf(place.home)];
      const end = await driveChild(child, spec, createProcessLever(child, mark, dirs));
      return { argv: spec.argv, ...end };
    } finally {
      await guard.release();
    }
  };

  return {
    level: "process",
    description:
      "no sandbox: own process group and HOME, a copied workspace; files and network of this machine are reachable",
    async run(place, spec) {
      if (spec.signal?.aborted) return notStarted(spec, "aborted", null);
      let relay: EndpointRelay | null = null;
      try {
        await copyDependencies(place);
        if (spec.endpoint) relay = await openEndpointRelay(spec.endpoint.socketPath);
        return await runWith(place, spec, relay);
      } catch (error) {
        if (error instanceof SpawnRefused) return notStarted(spec, "spawn_failed", error.message);
        throw error;
      } finally {
        await relay?.close();
      }
    },
  };
}

/** Where the child's own PATH has the program; Node would look in ours. */
function findProgram(name: string, path: string, cwd: string): string | null {
  const candidates = name.includes("/")
    ? [resolve(cwd, name)]
    : path
        .split(delimiter)
        .filter(isAbsolute)
        .map((dir) => join(dir, name));
  const found = candidates.find((candidate) => {
    try {
      accessSync(candidate, constants.X_OK);
      return statSync(candidate).isFile();
    } catch {
      return false;
    }
  });
  return found ?? null;
}
