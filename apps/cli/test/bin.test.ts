import { spawn, spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordedSession } from "../../../test/support/recorded-session.ts";
import { type BuiltCli, buildCli } from "./built-cli.ts";

let cli: BuiltCli;
let dir: string;
beforeAll(async () => {
  cli = await buildCli();
  dir = mkdtempSync(join(tmpdir(), "pm-bin-"));
});
afterAll(async () => {
  rmSync(dir, { recursive: true, force: true });
  await cli.remove();
});

const environment = (extra: Record<string, string> = {}) => ({
  PATH: process.env.PATH ?? "",
  HOME: dir,
  PM_HOME: join(dir, "home"),
  ...extra,
});

function pm(
  args: readonly string[],
  options: { cwd?: string; stdio?: "ignore"; env?: Record<string, string> } = {},
) {
  const run = spawnSync(process.execPath, [cli.launcher, ...args], {
    cwd: options.cwd ?? dir,
    env: environment(options.env),
    encoding: "utf8",
    ...(options.stdio === undefined ? { input: "" } : { stdio: [options.stdio, "pipe", "pipe"] }),
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

describe("the launcher", () => {
  it("prints its version, and nothing else, in three spellings", () => {
    for (const flag of ["--version", "-v", "-V"]) {
      expect(pm([flag])).toEqual({ code: 0, out: "0.1.0\n", err: "" });
    }
  });

  it("loads no bundle for --version", () => {
    const broken = spawnSync(process.execPath, [
      "--import",
      hookRefusing("/dist/"),
      cli.launcher,
      "--version",
    ]);
    expect(broken.status).toBe(0);
    const help = spawnSync(process.execPath, ["--import", hookRefusing("/dist/"), cli.launcher, "--help"]);
    expect(help.status).not.toBe(0);
  });

  it("loads neither schemas nor the engine for --help", () => {
    const run = spawnSync(process.execPath, ["--import", hookRefusing("/compose-"), cli.launcher, "--help"]);
    expect(run.status).toBe(0);
    const bytes = loadedBytes(["--help"]);
    expect(bytes).toBeLessThan(60_000);
  });

  it("loads no queue, no worker and no provider to show where the tasks of a session stand", () => {
    const { startArgs, env } = recordedSession();
    const { session_id: id } = JSON.parse(pm(startArgs, { env }).out);
    const status = (refused: string) =>
      spawnSync(process.execPath, ["--import", hookRefusing(refused), cli.launcher, "status", id], {
        env: environment(env),
      });
    expect(status("/compose-").status).not.toBe(0);
    for (const part of [
      "/open-",
      "sqlite",
      "/queue-calls-",
      "/work-part-",
      "/engine-work-",
      "/run-part-",
      "/web-part-",
    ])
      expect(status(part).status, part).toBe(0);
  });

  it("refuses an older Node with E118", () => {
    const old = "Object.defineProperty(process.versions,'node',{value:'18.20.0'})";
    const preload = `data:text/javascript,${encodeURIComponent(old)}`;
    const args = ["--import", preload, cli.launcher, "status", "session-1"];
    const run = spawnSync(process.execPath, args, { encoding: "utf8" });
    expect(run.stderr).toBe(
      "E118 Node too old: Node 18.20.0 is too old.\n  Fix: Install Node 20.19 or newer.\n",
    );
    expect(run.status).toBe(1);
    const json = spawnSync(process.execPath, [...args, "--json"], { encoding: "utf8" });
    expect(JSON.parse(json.stdout).error.code).toBe("E118");
  });
});

/** An import hook that fails whatever url contains `part`. */
function hookRefusing(part: string): string {
  const hooks = `export async function load(url, context, next) {
    if (url.includes(${JSON.stringify(part)})) throw new Error("refused " + url);
    return next(url, context);
  }`;
  const url = `data:text/javascript,${encodeURIComponent(hooks)}`;
  return `data:text/javascript,${encodeURIComponent(`import { register } from "node:module"; register(${JSON.stringify(url)});`)}`;
}

/** Bytes of our modules that a command line loads. */
function loadedBytes(args: readonly string[]): number {
  const hooks = `export async function load(url, context, next) {
    const result = await next(url, context);
    if (url.includes("/dist/")) process._rawDebug("LOADED " + result.source.length);
    return result;
  }`;
  const url = `data:text/javascript,${encodeURIComponent(hooks)}`;
  const preload = `data:text/javascript,${encodeURIComponent(`import { register } from "node:module"; register(${JSON.stringify(url)});`)}`;
  const run = spawnSync(process.execPath, ["--import", preload, cli.launcher, ...args], { encoding: "utf8" });
  const sizes = [...run.stderr.matchAll(/LOADED (\d+)/g)].map((match) => Number(match[1]));
  expect(sizes.length).toBeGreaterThan(0);
  return sizes.reduce((sum, size) => sum + size, 0);
}

describe("pm as a process", () => {
  it("initialises, validates and opens a session that every folder can see", () => {
    const project = mkdtempSync(join(dir, "project-"));
    expect(pm(["validate"], { cwd: project }).err).toContain("E105");
    expect(pm(["init"], { cwd: project }).code).toBe(0);
    expect(pm(["validate", "--json"], { cwd: project })).toMatchObject({ code: 0, err: "" });
    const started = pm(["start", "--json"], { cwd: project });
    expect(started.code).toBe(3);
    const result = JSON.parse(started.out);
    expect(Object.keys(result)).toEqual([
      "session_id",
      "overall_status",
      "evidence_path",
      "next_action",
      "violations",
      "tasks",
    ]);
    const status = pm(["status", result.session_id, "--json"], { cwd: "/" });
    expect(status).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(status.out)).toEqual(result);
    expect(pm(["tasks", "--sessions", "-q"], { cwd: "/" }).out).toContain(result.session_id);
    expect(pm(["verify", result.session_id]).code).toBe(0);
  });

  it("refuses a home folder in the project, or one that can't be made, before anything is written", () => {
    const project = mkdtempSync(join(dir, "project-"));
    pm(["init"], { cwd: project });
    const start = (home: string) => pm(["start", "Add a flag"], { cwd: project, env: { PM_HOME: home } });
    expect(start(join(project, "ci-home"))).toMatchObject({ code: 1, err: expect.stringContaining("E127") });
    if (process.platform === "linux")
      expect(start("/proc/x")).toMatchObject({ code: 1, err: expect.stringContaining("E123") });
    expect(readdirSync(project)).toEqual([".claude"]);
    const { out } = pm(["doctor", "--json"], { cwd: project, env: { PM_HOME: join(project, "ci-home") } });
    const home = JSON.parse(out).checks.find(({ name }: { name: string }) => name === "home");
    expect(home).toMatchObject({ outcome: "fail", detail: expect.stringContaining("E127") });
  });

  it("names what a session id lacks", () => {
    expect(pm(["status", "session-none"])).toMatchObject({ code: 1, err: expect.stringContaining("E203") });
    expect(pm(["status", "../../etc"])).toMatchObject({ code: 2, err: expect.stringContaining("E202") });
    expect(pm(["continue"])).toMatchObject({ code: 2, err: expect.stringContaining("E201") });
  });

  it("opens a session where stdin is null, closed, or a pipe that nobody writes to", async () => {
    const project = mkdtempSync(join(dir, "project-"));
    pm(["init"], { cwd: project });
    expect(pm(["start"], { cwd: project, stdio: "ignore" }).code).toBe(3);
    const closed = spawnSync("sh", ["-c", `exec "$0" "$1" start <&-`, process.execPath, cli.launcher], {
      cwd: project,
      env: environment(),
    });
    expect(closed.status).toBe(3);
    const open = spawn(process.execPath, [cli.launcher, "start"], { cwd: project, env: environment() });
    const code = await new Promise((resolve) => open.on("close", resolve));
    open.stdin.destroy();
    expect(code).toBe(3);
  });

  it("is quiet about a reader that goes away", () => {
    const script = `"$0" "$1" --help | head -n 1; exit "\${PIPESTATUS[0]}"`;
    const run = spawnSync("bash", ["-c", script, process.execPath, cli.launcher], { encoding: "utf8" });
    expect(run.stderr).toBe("");
    expect(run.status).toBe(0);
  });

  it.runIf(process.platform === "linux")("says so and fails where stdout can't be written", () => {
    const full = openSync("/dev/full", "w");
    const run = spawnSync(process.execPath, [cli.launcher, "help"], {
      stdio: ["ignore", full, "pipe"],
      encoding: "utf8",
    });
    closeSync(full);
    expect(run.stderr).toContain("E119");
    expect(run.status).toBe(1);
  });

  it("checks machine, logins and project with one line and one fix each", () => {
    const { out, code } = pm(["doctor", "--json"], { env: { PM_CLAUDE_BIN: "/nowhere/claude" } });
    const { ok, checks } = JSON.parse(out);
    expect(checks.map((check: { name: string }) => check.name)).toEqual([
      "node",
      "git",
      "sandbox",
      "agent",
      "anthropic",
      "openai",
      "home",
      "queue",
      "web",
      "project",
      "disk",
    ]);
    const agent = checks.find((check: { name: string }) => check.name === "agent");
    expect(agent).toMatchObject({ outcome: "fail", detail: expect.stringContaining("E501") });
    for (const check of checks) expect(check.fix === null).toBe(check.outcome === "ok");
    expect(ok).toBe(false);
    expect(code).toBe(1);
  });
});
