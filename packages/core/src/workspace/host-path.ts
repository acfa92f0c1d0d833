import { lstatSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { cleanPath } from "../sandbox/clean-path.ts";

let last: { readonly key: string; readonly path: string } | null = null;

/** The PATH on which `pm` itself looks for git: nothing of the project, nor of the repository around it. */
export function hostPath(projectDir: string): string {
  const key = `${projectDir}\0${process.env.PATH}`;
  if (last?.key !== key) {
    const outside = cleanPath(process.env.PATH, projectDir);
    last = { key, path: cleanPath(outside, repositoryAround(projectDir)) };
  }
  return last.path;
}

/** A home folder under version control is left alone: the tools in it are the person's own. */
function repositoryAround(projectDir: string): string {
  const project = resolve(projectDir);
  for (let dir = project; dir !== homedir() && dir !== dirname(dir); dir = dirname(dir)) {
    if (lstatSync(join(dir, ".git"), { throwIfNoEntry: false }) !== undefined) return dir;
  }
  return project;
}
