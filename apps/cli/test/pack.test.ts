import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BuiltCli, buildCli } from "./built-cli.ts";

const run = promisify(execFile);
let cli: BuiltCli;
let dir: string;
beforeAll(async () => {
  cli = await buildCli();
  dir = await mkdtemp(join(tmpdir(), "pm-pack-"));
});
afterAll(async () => {
  await rm(dir, { recursive: true, force: true });
  await cli.remove();
});

describe("the packed tarball", () => {
  it("installs with one dependency and no install script into an empty folder, and works there", async () => {
    // The dependency comes from the registry, or from npm's cache.
    const npm = { ...process.env, npm_config_prefer_offline: "true" };
    // The build was done above; the package's own prepack would do it again, in the sources.
    const pack = ["pack", "--ignore-scripts", "--pack-destination", dir];
    await run("npm", pack, { cwd: cli.dir, env: npm });
    const tarballs = (await readdir(dir)).filter((name) => name.endsWith(".tgz"));
    expect(tarballs).toEqual(["pm-orchestrator-runner-0.1.0.tgz"]);

    const prefix = join(dir, "prefix");
    await mkdir(prefix);
    const install = [
      "install",
      "--global",
      "--prefix",
      prefix,
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
    ];
    await run("npm", [...install, join(dir, tarballs[0] ?? "")], { cwd: dir, env: npm });
    expect(await readdir(join(prefix, "lib/node_modules"))).toEqual(["pm-orchestrator-runner"]);
    const installed = await readdir(join(prefix, "lib/node_modules/pm-orchestrator-runner"));
    expect(installed.sort()).toEqual(["bin", "dist", "node_modules", "package.json"]);

    const pm = join(prefix, "bin/pm");
    const env = { PATH: process.env.PATH ?? "", HOME: dir, PM_HOME: join(dir, "home") };
    expect((await run(pm, ["--version"], { env })).stdout).toBe("0.1.0\n");
    expect((await run(pm, ["--help"], { env })).stdout).toContain("Examples");
    const project = join(dir, "project");
    await mkdir(project);
    await run(pm, ["init"], { cwd: project, env });
    const opened = await run(pm, ["start", "--json"], { cwd: project, env }).catch((error) => error);
    expect(opened.code).toBe(3);
    const { session_id: id } = JSON.parse(opened.stdout);
    expect((await run(pm, ["queue", "status"], { cwd: dir, env })).stdout).toContain("Engine     sqlite");
    expect((await run(pm, ["verify", id], { cwd: dir, env })).stdout).toContain("VERIFIED");

    const toolHost = join(prefix, "lib/node_modules/pm-orchestrator-runner/dist/tool-host/main.mjs");
    const tools = spawn(process.execPath, [toolHost], { cwd: project, stdio: ["pipe", "pipe", "inherit"] });
    tools.stdin.write(`${JSON.stringify({ id: "1", name: "list", input: {} })}\n`);
    const [answer] = await once(tools.stdout, "data");
    expect(JSON.parse(String(answer))).toMatchObject({ id: "1", isError: false });
    tools.stdin.end();
    expect(await once(tools, "exit")).toEqual([0, null]);

    const web = await run(pm, ["web", "--background", "--port", "0", "--json"], { cwd: project, env });
    const page = await fetch(JSON.parse(web.stdout).url).then((answer) => answer.text());
    const [script = "none"] = /[^"]+\.js(?=")/.exec(page) ?? [];
    expect((await fetch(new URL(script, JSON.parse(web.stdout).url))).status).toBe(200);
    expect((await run(pm, ["web-stop"], { cwd: dir, env })).stdout).toContain("Stopped");
  }, 120_000);
});
