/**
 * Isolation by bubblewrap: root read-only, own PID, network, IPC and UTS namespaces, no capabilities.
 *
 * Owns, for one run, the scratch folder and the two channels to the sandbox; talks to `sandbox-init.ts` inside.
 * Beyond I1–I4 of types.ts:
 * B1 nothing is started before PID 1 inside is armed to die with us: a kill -9 of pm leaves no process (the guard is
 *    for a bwrap whose parent half dies in the middle of the set-up: the other half then waits for ever);
 * B2 survivors are counted from outside, in the host's process table, where what runs inside can't lie;
 * B3 arguments and environment travel over a pipe, so that no secret shows in a process list.
 */
import { writeFileSync } from "node:fs";
import type { Socket } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { childEnvironment } from "./child-environment.ts";
import { cleanPath } from "./clean-path.ts";
import { prepareDependencies } from "./dependency-overlay.ts";
import { driveChild, notStarted } from "./drive-child.ts";
import { findHiddenPaths } from "./hidden-paths.ts";
import { prepareWorkspace } from "./layered-workspace.ts";
import { planMounts, sandboxPasswd } from "./mount-plan.ts";
import { OUTER_ENV, outerNamespace } from "./outer-namespace.ts";
import { canOverlay } from "./overlay.ts";
import { startProcessGuard } from "./process-guard.ts";
import { MARK_VARIABLE, newRunMark } from "./run-mark.ts";
import {
  BRIDGE_SOURCE,
  ENDPOINT_PORT,
  ENDPOINT_SOCKET,
  INIT_SCRIPT,
  SANDBOX_HOME,
  SANDBOX_TMP,
} from "./sandbox-init.ts";
import { createSandboxLever } from "./sandbox-lever.ts";
import { withScratch } from "./scratch.ts";
import { SpawnRefused, spawnChild } from "./spawn-child.ts";
import { findToolHomes, type ToolHomes } from "./tool-homes.ts";
import type { CommandResult, CommandSpec, Isolation, Place } from "./types.ts";

const SANDBOX_UID = 1000;
const DISABLE_USERNS = "--disable-userns";
const NAMESPACE_FLAGS = [
  "--die-with-parent",
  "--new-session",
  "--unshare-user",
  "--uid",
  String(SANDBOX_UID),
  "--gid",
  String(SANDBOX_UID),
  "--unshare-pid",
  "--as-pid-1",
  "--unshare-net",
  "--unshare-ipc",
  "--unshare-uts",
  "--hostname",
  "pm",
  "--cap-drop",
  "ALL",
] as const;

/** bwrap's arguments for everything but mounts, environment and command. */
export function namespaceFlags(disableUserns: boolean): string[] {
  return disableUserns ? [...NAMESPACE_FLAGS, DISABLE_USERNS] : [...NAMESPACE_FLAGS];
}

export interface BubblewrapOptions {
  /** The executable; default `bwrap` of the system. */
  readonly bwrap?: string;
  /** The user's HOME, hidden but for its tool chains. */
  readonly userHome?: string;
  /** No user namespaces inside, and so no capabilities in one; needs bubblewrap 0.8. Default true. */
  readonly disableUserns?: boolean;
  /** Further host directories to hide. */
  readonly hide?: readonly string[];
  readonly userEnv?: NodeJS.ProcessEnv;
}

/** An isolation of level `sandbox`. Linux, with a bubblewrap that works; see `probeBubblewrap`. */
export function createBubblewrapIsolation(options: BubblewrapOptions = {}): Isolation {
  const userEnv = options.userEnv ?? process.env;
  const userHome = options.userHome ?? homedir();
  const bwrap = options.bwrap ?? "/usr/bin/bwrap";

  const environment = (place: Place, spec: CommandSpec, tools: ToolHomes): Record<string, string> => ({
    ...childEnvironment({
      userEnv,
      path: cleanPath(userEnv.PATH, place.mountAt),
      home: SANDBOX_HOME,
      tmp: SANDBOX_TMP,
      tools,
      pass: [],
    }),
    ...spec.endpoint?.env(`http://127.0.0.1:${ENDPOINT_PORT}`),
    ...spec.env,
  });

  const runIn = async (scratch: string, place: Place, spec: CommandSpec): Promise<CommandResult> => {
    const tools = findToolHomes(userHome, userEnv);
    const env = environment(place, spec, tools);
    const passwd = join(scratch, "passwd");
    writeFileSync(passwd, sandboxPasswd(SANDBOX_UID));
    const workspace = await prepareWorkspace(place, scratch);
    const dependencies = await prepareDependencies(place, workspace, scratch);
    const mounts = planMounts({
      place: { ...place, dir: workspace.dir },
      hidden: findHiddenPaths({ home: userHome, userEnv, hide: options.hide ?? [] }),
      userHome,
      path: env.PATH ?? "",
      toolPaths: tools.paths,
      dependencies: dependencies.mounts,
      endpointSocket: spec.endpoint?.socketPath ?? null,
      passwd,
    });
    const settings = Object.entries(env).flatMap(([name, value]) => ["--setenv", name, value]);
    const bwrapArgs = [
      ...namespaceFlags(options.disableUserns ?? true),
      "--info-fd",
      "4",
      "--unsetenv",
      MARK_VARIABLE,
      ...settings,
      ...mounts,
    ];
    // One of these would end an argument early and make a new one of the rest.
    if (bwrapArgs.some((arg) => arg.includes("\0")))
      throw new SpawnRefused("a path or variable has a NUL in it");
    const bridge = spec.endpoint
      ? [process.execPath, BRIDGE_SOURCE, String(ENDPOINT_PORT), ENDPOINT_SOCKET]
      : ["", "", "", ""];
    const [command, ...args] = [
      ...(await outerNamespace([...workspace.layers, ...dependencies.layers])),
      bwrap,
      "--args",
      "5",
      "--",
      "/bin/sh",
      "-c",
      INIT_SCRIPT,
      "pm-init",
      ...bridge,
      ...spec.argv,
    ] as [string, ...string[]];
    // bwrap's child waits for bwrap before it dies with it: until then only the mark finds it.
    const mark = newRunMark();
    const guard = startProcessGuard(mark);
    try {
      const child = spawnChild(command, args, {
        env: { ...OUTER_ENV, [MARK_VARIABLE]: mark },
        cwd: "/",
        // Its own session: Ctrl-C on the terminal is pm's to handle, not bwrap's.
        detached: true,
        stdio: ["pipe", "pipe", "pipe", "pipe", "pipe", "pipe"],
      });
      if (child.pid !== undefined) guard.watch(child.pid);
      const [, , , status, info, argsPipe] = child.stdio as unknown as [
        unknown,
        unknown,
        unknown,
        Socket,
        Socket,
        Socket,
      ];
      argsPipe.on("error", () => {
        // bwrap did not start; its exit says why.
      });
      argsPipe.end(bwrapArgs.map((arg) => `${arg}\0`).join(""));
      const end = await driveChild(
        child,
        spec,
        createSandboxLever({ child, status, info, program: spec.argv[0] }),
      );
      return { argv: spec.argv, ...end };
    } finally {
      await guard.release();
    }
  };

  return {
    level: "sandbox",
    description: "bubblewrap: read-only system, only the workspace writable, no network, own processes",
    prepare(scratch) {
      // Whoever needs the answers asks again, and hears of a failure then.
      canOverlay(scratch, scratch, scratch).catch(() => {});
      outerNamespace([]).catch(() => {});
    },
    async run(place, spec) {
      if (spec.signal?.aborted) return notStarted(spec, "aborted", null);
      const attempt = () => withScratch(place, (scratch) => runIn(scratch, place, spec));
      try {
        const first = await attempt();
        // Something to be hidden may have gone between the look and the mount. Nothing was started: once more.
        const setUpFailed = first.termination === "spawn_failed" && first.spawnError?.startsWith("bwrap: ");
        return setUpFailed ? await attempt() : first;
      } catch (error) {
        if (error instanceof SpawnRefused) return notStarted(spec, "spawn_failed", error.message);
        throw error;
      }
    },
  };
}
