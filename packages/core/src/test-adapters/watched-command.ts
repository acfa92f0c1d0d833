import { packageScripts } from "../project/package-scripts.ts";
import { type FoundRunner, findRunner } from "./find-runner.ts";

/** A command with what makes its test runner report. */
export interface WatchedCommand {
  readonly runner: string;
  /** False: it names its tests in its output alone. */
  readonly reports: boolean;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
}

/** Where the command runs: the root of the project, as far as adapters look at it. */
export interface ProjectRoot {
  /** Names of the files in it. */
  files(): Promise<readonly string[]>;
  readFile(name: string): Promise<string | null>;
}

/**
 * @param dir the run's folder as the runner will see it.
 * @returns null where no runner is recognised, or none that can be watched without changing what it does (A1).
 */
export async function watchedCommand(
  argv: readonly string[],
  root: ProjectRoot,
  dir: string,
): Promise<WatchedCommand | null> {
  const found = findRunner(argv, packageScripts(await root.readFile("package.json")));
  if (found === null || (await hasOwnReporters(found, root))) return null;
  const added = found.adapter.additions(found, dir);
  if (added === null || (added.args.length > 0 && found.before === null)) return null;
  return {
    runner: found.adapter.runner,
    reports: found.adapter.reports,
    argv: added.args.length > 0 ? [...argv, ...(found.before ?? []), ...added.args] : argv,
    env: added.env,
    files: added.files,
  };
}

async function hasOwnReporters({ adapter }: FoundRunner, root: ProjectRoot): Promise<boolean> {
  const { ownReporters } = adapter;
  if (ownReporters === undefined) return false;
  const names = (await root.files()).filter((name) => ownReporters.file.test(name));
  const texts = await Promise.all(names.map((name) => root.readFile(name)));
  return texts.some((text) => text !== null && ownReporters.text.test(text));
}
