import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { assertHomeApart } from "../../src/project/home-apart.ts";
import { makeDirs } from "../../src/project/make-dirs.ts";
import { createEngine } from "../../src/runner/create-engine.ts";
import { HONEST, PROMPT } from "../support/honest-script.ts";
import { makeProject } from "../support/sample-project.ts";
import { createScriptedProvider } from "../support/scripted-provider.ts";
import { temporaryDir } from "./temporary-dir.ts";

describe("the home folder", () => {
  it("must not lie in the project, whatever links lead to it", async () => {
    const dir = await temporaryDir();
    const project = join(dir, "project");
    mkdirSync(join(project, "there"), { recursive: true });
    symlinkSync(project, join(dir, "link"));
    symlinkSync(join(project, "there"), join(dir, "home"));
    for (const home of [
      project,
      join(project, "home"),
      join(project, ".pm/home"),
      join(project, "there/a/b"),
      join(dir, "link/home"),
      join(dir, "home"),
      join(dir, "home/deep"),
      `${dir}/other/../project/home`,
    ]) {
      expect(() => assertHomeApart(home, project), home).toThrow(expect.objectContaining({ code: "E127" }));
      expect(() => assertHomeApart(home, join(dir, "link")), home).toThrow();
    }
  });

  it("may be beside the project, around it, or reached by a link in it", async () => {
    const dir = await temporaryDir();
    const project = join(dir, "project");
    mkdirSync(project);
    mkdirSync(join(dir, "away"));
    symlinkSync(join(dir, "away"), join(project, "link"));
    for (const home of [
      dir,
      join(dir, "project-home"),
      join(dir, "away"),
      join(project, "link"),
      "/nowhere/home",
    ])
      expect(() => assertHomeApart(home, project), home).not.toThrow();
  });

  it("in the project stops a task before anything is written", async () => {
    const project = makeProject();
    const home = join(project, "ci-home");
    const engine = createEngine({ home, version: "0.0.0", providers: () => createScriptedProvider(HONEST) });
    const tasks = [{ prompt: PROMPT, kind: "change" as const, scope: [], checks: [] }];
    await expect(engine.start({ project, tasks })).rejects.toMatchObject({
      code: "E127",
      data: { path: home, project },
      hint: expect.stringContaining("PM_HOME"),
    });
    expect([home, join(project, ".pm")].filter(existsSync)).toEqual([]);
    execFileSync("rm", ["-rf", project]);
  });
});

describe("making a folder", () => {
  it("makes those above it too, each the user's alone", async () => {
    const dir = await temporaryDir();
    makeDirs(join(dir, "a/b/c"));
    makeDirs(join(dir, "a/b/c"));
    for (const made of ["a", "a/b", "a/b/c"]) expect(statSync(join(dir, made)).mode & 0o777).toBe(0o700);
  });

  it("fails where a file is in the way, or a link that leads nowhere", async () => {
    const dir = await temporaryDir();
    writeFileSync(join(dir, "file"), "");
    symlinkSync(join(dir, "none/at/all"), join(dir, "link"));
    for (const path of ["file", "file/below", "link", "link/below"])
      expect(() => makeDirs(join(dir, path)), path).toThrow();
  });

  it.runIf(process.platform === "linux")("ends where nothing can be made, as below /proc", () => {
    for (const path of ["/proc/x", "/proc/x/y/z", "/proc/self/x", "/sys/x/y", "/dev/full/x"])
      expect(() => makeDirs(path), path).toThrow(/^E/);
  });
});
