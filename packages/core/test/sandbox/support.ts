import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createBubblewrapIsolation } from "../../src/sandbox/bubblewrap.ts";
import { tryBubblewrap } from "../../src/sandbox/probe-bubblewrap.ts";
import { createProcessIsolation } from "../../src/sandbox/process.ts";
import type {
  CommandResult,
  CommandSpec,
  Isolation,
  IsolationLevel,
  Place,
} from "../../src/sandbox/types.ts";

export interface Bench {
  /** Everything of one test lies in here. */
  readonly root: string;
  readonly place: Place;
  run(
    argv: readonly string[],
    more?: Partial<CommandSpec> & { place?: Partial<Place> },
  ): Promise<CommandResult>;
  sh(script: string, more?: Partial<CommandSpec> & { place?: Partial<Place> }): Promise<CommandResult>;
  remove(): void;
}

/** A test without its sandbox proves nothing: it fails with the command that mends it. */
export async function requireBubblewrap(): Promise<string> {
  const probe = await tryBubblewrap();
  if (!probe.works) throw new Error(`bubblewrap does not work here: ${probe.reason}. ${probe.fix}`);
  return probe.bwrap;
}

export interface BenchOptions {
  readonly userEnv?: NodeJS.ProcessEnv;
  readonly hide?: readonly string[];
}

/** A project, a workspace, two homes (the user's and the child's) and an isolation of the level. */
export async function createBench(level: IsolationLevel, options: BenchOptions = {}): Promise<Bench> {
  const root = mkdtempSync(join(tmpdir(), "pm-isolation-"));
  for (const dir of ["project", "workspace", "child-home", "user-home"]) mkdirSync(join(root, dir));
  const common = { userHome: join(root, "user-home"), userEnv: options.userEnv ?? process.env };
  const isolation: Isolation =
    level === "sandbox"
      ? createBubblewrapIsolation({ bwrap: await requireBubblewrap(), hide: options.hide ?? [], ...common })
      : createProcessIsolation(common);
  const place: Place = {
    dir: join(root, "workspace"),
    mountAt: join(root, "project"),
    access: "write",
    dependencies: [],
    home: join(root, "child-home"),
    readable: [],
  };
  const run: Bench["run"] = (argv, { place: changes, ...spec } = {}) =>
    isolation.run(
      { ...place, ...changes },
      { argv: argv as [string, ...string[]], limitMs: 20_000, ...spec },
    );
  return {
    root,
    place,
    run,
    sh: (script, more) => run(["/bin/sh", "-c", script], more),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** @returns pids of living processes whose command line has `text`, seen by the host. */
export function processesWith(text: string): number[] {
  if (process.platform !== "linux") {
    const lines = execFileSync("ps", ["-axo", "pid=,command="], { encoding: "utf8" }).split("\n");
    return lines.filter((line) => line.includes(text)).map((line) => Number.parseInt(line, 10));
  }
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid !== process.pid)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "latin1").includes(text);
      } catch {
        return false;
      }
    });
}

let sleeps = 0;

/** A number of seconds that no other process sleeps for, so that a test can find its own `sleep`. */
export function uniqueSeconds(): string {
  sleeps += 1;
  return `3${process.pid}.${String(Date.now()).slice(-6)}${sleeps}`;
}

export const stdoutOf = (result: CommandResult): string => result.stdout.head.toString("utf8");
export const stderrOf = (result: CommandResult): string => result.stderr.head.toString("utf8");
