import { lstat, mkdir, realpath, stat } from "node:fs/promises";
import { basename, join, relative, resolve } from "node:path";
import { RunnerError } from "../errors/runner-error.ts";
import { createFile } from "./create-file.ts";
import { errnoOf, fsError } from "./fs-error.ts";
import { projectLayout } from "./layout.ts";
import { defaultSettings } from "./parse-settings.ts";
import { isWithin } from "./paths.ts";
import { tooWide } from "./too-wide.ts";

/** What `initProject` made and what was there already; paths relative to the project, folders with a slash. */
export interface Scaffold {
  readonly root: string;
  readonly created: readonly string[];
  readonly kept: readonly string[];
}

/**
 * Creates what a project needs under `.claude/` and is missing. Nothing that exists is changed.
 * @throws E101, E102, E103, E104, E109, E119, E122, E124.
 */
export async function initProject(dir: string): Promise<Scaffold> {
  const root = await existingDirectory(resolve(dir));
  const wide = tooWide(root);
  if (wide !== null) throw wide;
  const layout = projectLayout(root);
  const created: string[] = [];
  const kept: string[] = [];
  const note = (made: boolean, path: string, suffix = "") =>
    (made ? created : kept).push(`${relative(root, path)}${suffix}`);
  for (const path of [layout.claudeDir, layout.agentsDir, layout.rulesDir]) {
    note(await createDirectory(path, root), path, "/");
  }
  const files: readonly (readonly [string, string])[] = [
    [layout.claudeMd, claudeMd(basename(root))],
    [layout.settings, settingsText()],
    // Version control keeps no empty folder, and a clone without them would be no project.
    [join(layout.agentsDir, ".gitkeep"), ""],
    [join(layout.rulesDir, ".gitkeep"), ""],
  ];
  for (const [path, text] of files) {
    const made = await createFile(path, text).catch((error: unknown) => {
      throw fsError(error, path, "write");
    });
    if (!made && !path.endsWith(".gitkeep")) await assertFile(path);
    note(made, path);
  }
  return { root, created, kept };
}

/** `settings.json` with every default written out, so that people see what there is to change. */
export function settingsText(): string {
  const { task_limits, parallel_limits, timeouts, evidence_settings } = defaultSettings();
  return `${JSON.stringify({ task_limits, parallel_limits, timeouts, evidence_settings }, null, 2)}\n`;
}

function claudeMd(name: string): string {
  return `# ${name}

What an agent needs to know to work on this project. Keep it short and true.

## What it is

Describe the project in a sentence or two.

## How to check a change

Name the commands that build, lint and test it. pm runs the project's tests itself and believes no one's word for it.

## Rules

- Change only what the task asks for.
- Add or change tests together with behaviour; never delete, skip or weaken a test to make it pass.
- Further rules belong in \`.claude/rules/\`, agents in \`.claude/agents/\`.
`;
}

async function existingDirectory(path: string): Promise<string> {
  try {
    if (!(await stat(path)).isDirectory()) throw new RunnerError("E102", { path });
    return await realpath(path);
  } catch (error) {
    if (errnoOf(error) === "ENOENT") throw new RunnerError("E101", { path }, error);
    throw fsError(error, path, "read");
  }
}

async function createDirectory(path: string, root: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if (errnoOf(error) !== "EEXIST") throw fsError(error, path, "write");
  }
  const found = await stat(path).catch(() => null);
  if (!found?.isDirectory()) throw new RunnerError("E122", { path, expected: "directory" });
  if (!isWithin(await realpath(path), root)) {
    throw new RunnerError("E104", { path, reason: "it is a link that leads out of the project" });
  }
  return false;
}

async function assertFile(path: string): Promise<void> {
  const found = await lstat(path);
  if (!found.isFile() && !found.isSymbolicLink()) throw new RunnerError("E122", { path, expected: "file" });
}
