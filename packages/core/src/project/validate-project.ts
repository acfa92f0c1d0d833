import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { access, lstat, open, readdir, realpath, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type ErrorReport, isRunnerError, RunnerError } from "../errors/runner-error.ts";
import { errnoOf, fsError } from "./fs-error.ts";
import { type ProjectLayout, projectLayout } from "./layout.ts";
import { loadSettings } from "./load-settings.ts";
import { isWithin } from "./paths.ts";
import { quoteWords } from "./split-words.ts";
import { tooWide } from "./too-wide.ts";

const NEEDED = [
  { key: "claudeMd", kind: "file" },
  { key: "settings", kind: "file" },
  { key: "agentsDir", kind: "directory" },
  { key: "rulesDir", kind: "directory" },
] as const;

/**
 * Everything that makes `dir` no project, settings included; empty where it is one.
 * E101–E106 and E124 structure, E107 and E108 settings, E122 wrong kind of file. Nothing is written.
 */
export async function findProjectProblems(dir: string): Promise<RunnerError[]> {
  const given = resolve(dir);
  const root = await realRoot(given);
  if (root instanceof RunnerError) return [root];
  const wide = tooWide(root);
  if (wide !== null) return [wide];
  const layout = projectLayout(root);
  const claude = await problemAt(layout.claudeDir, "directory", root);
  if (claude !== null) {
    const path = given;
    const project = quoteWords([given]);
    return [isRunnerError(claude, "E106") ? new RunnerError("E105", { path, project }) : claude];
  }
  const problems = await Promise.all(NEEDED.map(({ key, kind }) => problemAt(layout[key], kind, root)));
  problems.push(await pmDirProblem(layout));
  const found = problems.filter((problem) => problem !== null);
  const settingsUsable = !found.some((problem) => problem.data.path === layout.settings);
  if (settingsUsable) {
    const problems = await loadSettings(root).then(
      () => [],
      (error: unknown) => eachOf(fsError(error, layout.settings, "read")),
    );
    found.push(...problems);
  }
  return found;
}

/** @returns the layout under the project's real path. @throws the first of what {@link findProjectProblems} finds. */
export async function validateProject(dir: string): Promise<ProjectLayout> {
  const [problem] = await findProjectProblems(dir);
  if (problem !== undefined) throw problem;
  return projectLayout(await realpath(resolve(dir)));
}

const PROBE = /^\.pm-probe-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/;

/** Tries it, because permission bits tell little of quotas and mounts. @throws E104, E109 where evidence could not be kept. */
export async function assertWritable(layout: ProjectLayout): Promise<void> {
  const found = await lstat(layout.pmDir).catch(() => null);
  const dir = found === null ? layout.root : layout.pmDir;
  const probe = join(dir, `.pm-probe-${randomUUID()}.tmp`);
  try {
    // What a pm left that was killed just then would be taken for a file of the project.
    for (const name of await readdir(dir)) if (PROBE.test(name)) await rm(join(dir, name), { force: true });
    await (await open(probe, "wx")).close();
    await rm(probe, { force: true });
  } catch (error) {
    throw fsError(error, dir, "write");
  }
}

/** Settings are refused all at once; here each has its own line. */
function eachOf(error: RunnerError): RunnerError[] {
  const { problems } = error.data as { problems?: readonly ErrorReport[] };
  return problems?.map(({ code, data }) => new RunnerError(code, data)) ?? [error];
}

async function realRoot(path: string): Promise<string | RunnerError> {
  try {
    if (!(await stat(path)).isDirectory()) return new RunnerError("E102", { path });
    await access(path, constants.R_OK | constants.X_OK);
    return await realpath(path);
  } catch (error) {
    const code = errnoOf(error);
    return code === "ENOENT" || code === "ENOTDIR"
      ? new RunnerError("E101", { path }, error)
      : fsError(error, path, "read");
  }
}

/** A link inside the project is fine; one that leads out of it would make us read what is not the project's. */
async function problemAt(
  path: string,
  kind: "file" | "directory",
  root: string,
): Promise<RunnerError | null> {
  const project = quoteWords([root]);
  try {
    const found = await stat(path);
    if (!isWithin(await realpath(path), root)) {
      return new RunnerError("E103", { path, reason: "it is a link that leads out of the project" });
    }
    const right = kind === "file" ? found.isFile() : found.isDirectory();
    if (!right) return new RunnerError("E122", { path, expected: kind });
    await access(path, kind === "file" ? constants.R_OK : constants.R_OK | constants.X_OK);
    return null;
  } catch (error) {
    const code = errnoOf(error);
    return code === "ENOENT" || code === "ENOTDIR"
      ? new RunnerError("E106", { path, project }, error)
      : fsError(error, path, "read");
  }
}

/** Evidence must not be led elsewhere by a link that a repository brings along. */
async function pmDirProblem(layout: ProjectLayout): Promise<RunnerError | null> {
  for (const path of [layout.pmDir, layout.sessionsDir, layout.store]) {
    const found = await lstat(path).catch(() => null);
    if (found?.isSymbolicLink()) return new RunnerError("E104", { path, reason: "it is a symbolic link" });
    if (found !== null && !found.isDirectory()) {
      return new RunnerError("E122", { path, expected: "directory" });
    }
  }
  return null;
}
