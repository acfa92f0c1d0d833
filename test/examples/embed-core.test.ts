import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { build, repository } from "../support/repository.ts";
import { tempFolder } from "../support/temp-folder.ts";

it("another team's program type-checks against the packed @pm/core and drives a task to COMPLETE", () => {
  const folder = tempFolder();
  const program = join(folder, "embed-core");
  const project = join(folder, "slug-library");
  cpSync(join(repository, "examples", "slug-library"), project, { recursive: true });
  mkdirSync(program);
  for (const name of ["main.ts", "tsconfig.json"]) {
    cpSync(join(repository, "examples", "embed-core", name), join(program, name));
  }
  build("@pm/core");
  const npm = (cwd: string, ...args: string[]) =>
    execFileSync("npm", args, { cwd, encoding: "utf8", stdio: "pipe" });
  const packed = npm(join(repository, "packages", "core"), "pack", "--json", "--pack-destination", folder);
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  npm(program, "init", "--yes", "--init-type=module");
  npm(program, "install", "--no-audit", "--no-fund", join(folder, filename));

  const tool = (name: string) => join(repository, "node_modules", name);
  const tsc = spawnSync(tool(".bin/tsc"), ["--project", ".", "--typeRoots", tool("@types")], {
    cwd: program,
    encoding: "utf8",
  });
  expect(tsc.stdout).toBe("");
  const run = spawnSync(process.execPath, ["main.js", project], {
    cwd: program,
    encoding: "utf8",
    env: { ...process.env, PM_HOME: join(folder, "home") },
  });
  expect(run.stderr).toBe("");
  expect(JSON.parse(run.stdout)).toMatchObject({ overall_status: "COMPLETE", violations: [] });
  expect(readFileSync(join(project, "src", "index.js"), "utf8")).toContain("VERSION");
}, 180_000);
