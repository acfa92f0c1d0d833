/** The built `pm web` and `pm web-stop` as real processes: how a server comes, shares its queue, and goes. */
import { execFileSync, spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { get } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ProcessIdentity, processIdentity } from "@pm/core";
import { describe, expect, it, onTestFinished } from "vitest";
import { defaultPort } from "../../apps/cli/src/web/default-port.ts";
import { listenOnce } from "../../apps/cli/src/web/free-port.ts";
import { FIXED_SLUG, PROMPT } from "../../packages/core/test/support/honest-script.ts";
import { filesHolding } from "../support/files-holding.ts";
import { type RecordedSession, recordedSession } from "../support/recorded-session.ts";
import { LAUNCHER, type RunningPm, resultOf, spawnPm } from "../support/run-pm.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { openTmux } from "./repl/support/tmux-terminal.ts";

interface Started {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly login_url: string | null;
}

/** Other tests have the machine too. */
const PATIENCE = { timeout: 20_000 };
const isAlive = (pid: number) => processIdentity(pid) !== null;

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** @returns what `pm web --json` prints once it serves; it is killed when the test ends. */
function serving(running: RunningPm): Promise<Started> {
  onTestFinished(() => void running.child.kill("SIGKILL"));
  return new Promise((resolve, reject) => {
    let printed = "";
    running.child.stdout.on("data", (chunk) => {
      printed += chunk;
      if (printed.endsWith("}\n")) resolve(JSON.parse(printed) as Started);
    });
    void running.ended.then(({ stdout, stderr }) => reject(new Error(`pm web ended: ${stdout}${stderr}`)));
  });
}

function startWeb({ project, env }: RecordedSession, ...args: string[]) {
  const running = spawnPm(["web", "--project", project, "--port", "0", "--json", ...args], env);
  return serving(running).then((started) => ({ ...running, ...started }));
}

/** Starts one in the background, which the test's end stops. */
async function inBackground(session: RecordedSession, ...args: string[]) {
  const words = ["web", "--background", "--project", session.project, "--port", "0", "--json", ...args];
  const run = await session.pm(words);
  if (run.code !== 0) return { run, started: null };
  const started = JSON.parse(run.stdout) as Started;
  onTestFinished(() => {
    if (isAlive(started.pid)) process.kill(started.pid, "SIGKILL");
  });
  return { run, started };
}

async function background(session: RecordedSession, ...args: string[]): Promise<Started> {
  const { run, started } = await inBackground(session, ...args);
  if (started === null) throw new Error(run.stdout + run.stderr);
  return started;
}

const errorOf = (run: { stdout: string }) =>
  JSON.parse(run.stdout).error as { code: string; message: string; data: object };
// biome-ignore lint/suspicious/noExplicitAny: each test says what it expects
const json = async (url: string, init?: RequestInit): Promise<any> => (await fetch(url, init)).json();
const health = (url: string) => json(`${url}/api/health`);
const folderOf = ({ folder }: RecordedSession, namespace = "default") =>
  join(folder, "home/namespaces", namespace);

function submit(url: string, { folder }: RecordedSession, group = "test") {
  const body = { task_group_id: group, prompt: PROMPT, provider: `replay:${join(folder, "recording.json")}` };
  return json(`${url}/api/tasks`, {
    ...{ method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) },
  }) as Promise<{ task_id: string; status: string }>;
}

const stateAt = async (url: string, taskId: string) =>
  (await json(`${url}/api/tasks/${taskId}`)).status as string;

/** Processes whose command line names something, but for the server itself. */
function processesOf(name: string, but: number): string[] {
  return readdirSync("/proc").filter((pid) => {
    try {
      if (!/^\d+$/.test(pid) || Number(pid) === but) return false;
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(name);
    } catch {
      return false;
    }
  });
}

/** Follows the event stream. @returns the states of tasks as they are told, `<task id> <state>` */
function follow(url: string): Promise<readonly string[]> {
  const told: string[] = [];
  return new Promise((resolve, reject) => {
    const request = get(`${url}/api/events`, (response) => {
      let rest = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        const lines = (rest + chunk).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines.filter((one) => one.startsWith("data:"))) {
          const event = JSON.parse(line.slice(5));
          if (event.type === "task") told.push(`${event.task.task_id} ${event.task.status}`);
        }
      });
      resolve(told);
    });
    request.on("error", reject);
    onTestFinished(() => void request.destroy());
  });
}

describe("pm web", () => {
  it("answers the lines of the manual as they are written there", async () => {
    const session = recordedSession();
    const port = await freePort();
    const running = spawnPm(["web", "--port", String(port), "--project", session.project], session.env);
    onTestFinished(() => void running.child.kill("SIGKILL"));
    await expect
      .poll(() => health(`http://localhost:${port}`).catch(() => null), PATIENCE)
      .toMatchObject({ status: "ok" });
    const manual = [
      "curl http://localhost:5678/api/health",
      `curl -X POST http://localhost:5678/api/tasks \\
  -H "Content-Type: application/json" \\
  -d '{"task_group_id":"test","prompt":"hello"}'`,
      "curl http://localhost:5678/api/task-groups",
    ];
    const [healthy, created, groups] = manual.map((line) =>
      JSON.parse(
        execFileSync("sh", ["-c", line.replace("5678", String(port))], { stdio: "pipe" }).toString(),
      ),
    );
    expect(healthy).toMatchObject({ status: "ok", namespace: "default" });
    expect(created).toMatchObject({ task_id: "test.1", task_group_id: "test", status: "QUEUED" });
    expect(groups.items).toMatchObject([{ task_group_id: "test" }]);
    running.child.kill("SIGINT");
    const { code, stdout } = await running.ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(
      new RegExp(`^Web UI {3}http://localhost:${port}\nProject .*\n(.*\n)*Ctrl-C stops it\\.\n$`),
    );
  }, 60_000);

  it("runs tasks of its project, and tells of those that others submit as they go on", async () => {
    const session = recordedSession();
    const { url, child, ended } = await startWeb(session);
    const told = await follow(url);
    const { session_id: id } = resultOf(await session.pm([...session.startArgs, "--detach"]));
    await expect.poll(() => told, PATIENCE).toContain(`${id}.1 COMPLETE`);
    expect(await stateAt(url, `${id}.1`)).toBe("COMPLETE");
    expect(readFileSync(join(session.project, "src/slug.js"), "utf8")).toBe(FIXED_SLUG);
    child.kill("SIGTERM");
    const { stderr } = await ended;
    expect(stderr).toMatch(new RegExp(`${id}\\.1 {2}started: .*\n.*${id}\\.1 {2}COMPLETE`));
  }, 60_000);

  it("shares the queue with pm repl and pm worker of its namespace, both ways", async () => {
    const session = recordedSession();
    const { url } = await startWeb(session, "--no-worker");
    const told = await follow(url);
    const { task_id: id } = await submit(url, session);
    expect(await stateAt(url, id)).toBe("QUEUED");
    expect((await session.pm(["worker", "--once", "--project", session.project])).code).toBe(0);
    await expect.poll(() => told, PATIENCE).toContain(`${id} COMPLETE`);
    execFileSync(process.execPath, [LAUNCHER, "repl", "--no-worker"], {
      ...{
        cwd: session.project,
        input: `/provider replay:${join(session.folder, "recording.json")}\n${PROMPT}\n/exit\n`,
      },
      env: { PATH: process.env.PATH, ...session.env },
    });
    await expect.poll(() => told.filter((line) => line.endsWith(" QUEUED")).length, PATIENCE).toBe(2);
    const { items } = await json(`${url}/api/task-groups`);
    expect(items).toHaveLength(2);
  }, 60_000);

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "leaves nothing behind after %s",
    async (signal) => {
      const session = recordedSession();
      const { url, child, ended } = await startWeb(session);
      expect(existsSync(join(folderOf(session), "web.json"))).toBe(true);
      child.kill(signal);
      expect(await ended).toMatchObject({ code: 0, stderr: "" });
      expect(existsSync(join(folderOf(session), "web.json"))).toBe(false);
      await expect(fetch(url)).rejects.toThrow();
    },
    60_000,
  );

  it("lets what runs go on after Ctrl-C, and hands it back after the second one", async () => {
    const session = recordedSession({}, { PLANNING: 20_000 });
    const { url, child, printed, ended } = await startWeb(session);
    const { task_id: id } = await submit(url, session);
    await printed("started:");
    child.kill("SIGINT");
    await printed("up to 30 s");
    expect(await stateAt(url, id)).toBe("RUNNING");
    child.kill("SIGINT");
    expect((await ended).code).toBe(0);
    const [task] = JSON.parse((await session.pm(["tasks", "--json"])).stdout).tasks;
    // What an agent was in the middle of waits for a person.
    expect(["QUEUED", "AWAITING_APPROVAL"]).toContain(task.state);
  }, 60_000);

  it("gives out a link only where somebody has to log in", async () => {
    const session = recordedSession();
    expect((await startWeb(session)).login_url).toBeNull();
    const { login_url, url } = await startWeb(session, "--auth", "always");
    expect(login_url).toMatch(new RegExp(`^${url}/#login=[\\w-]{43}$`));
    expect((await fetch(`${url}/api/task-groups`)).status).toBe(401);
    const tunnel = await startWeb(session, "--public-host", "pm.example.com");
    expect(tunnel.login_url).toMatch(/^https:\/\/pm\.example\.com\/#login=/);
  }, 60_000);

  it("shows a code for a phone on a terminal, and Enter gives out another link", async () => {
    const session = recordedSession();
    const words = ["--project", session.project, "--port", "0", "--public-host", "pm.example.com"];
    const argv = [process.execPath, LAUNCHER, "web", ...words];
    const terminal = openTmux({ argv, env: session.env, cwd: session.project, columns: 90, rows: 32 });
    await terminal.until("Enter prints a new link");
    expect(terminal.screen()).toMatch(/Log in {3}https:\/\/pm\.example\.com\/#login=.*\n.*60 s[\s\S]*▀▀▀▀▀/);
    const links = () => new Set(terminal.everything().match(/#login=[\w-]{43}/g));
    terminal.keys("Enter");
    await expect.poll(() => links().size, PATIENCE).toBe(2);
    const record = join(folderOf(session), "web.json");
    const [server] = JSON.parse(readFileSync(record, "utf8")).servers;
    terminal.keys("C-c");
    await expect.poll(() => isAlive(server.pid), PATIENCE).toBe(false);
    expect(existsSync(record)).toBe(false);
  }, 60_000);

  it("says what stands in its way, and touches nothing", async () => {
    const session = recordedSession();
    const folder = tempFolder();
    const none = await session.pm(["web", "--project", folder, "--json"]);
    expect(errorOf(none)).toMatchObject({ code: "E105", hint: expect.stringContaining("pm init") });
    const server = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    for (const extra of [[], ["--background"]]) {
      const words = ["web", "--project", session.project, "--port", String(port), "--json", ...extra];
      const taken = await session.pm(words);
      expect(taken.code).toBe(1);
      expect(errorOf(taken)).toMatchObject({ code: "E480", data: { port, free: expect.any(Number) } });
      if (process.platform === "linux") expect(errorOf(taken).message).toContain(`(pid ${process.pid})`);
    }
    expect(existsSync(join(folderOf(session), "web.json"))).toBe(false);
  }, 60_000);
});

describe("pm web --background", () => {
  it("serves when it returns, is found by its namespace, and is stopped by pm web-stop", async () => {
    const session = recordedSession();
    mkdirSync(folderOf(session), { recursive: true });
    const log = join(folderOf(session), "web.log");
    writeFileSync(log, Buffer.alloc(5 * 1024 * 1024 + 1, "x"), { mode: 0o644 });
    const started = await background(session, "--public-host", "pm.example.com");
    expect(await health(started.url)).toMatchObject({ status: "ok", namespace: "default" });
    const record = join(folderOf(session), "web.json");
    expect(statSync(record).mode & 0o777).toBe(0o600);
    const { start } = processIdentity(started.pid) as ProcessIdentity;
    expect(JSON.parse(readFileSync(record, "utf8")).servers).toMatchObject([{ pid: started.pid, start }]);
    expect([statSync(log).size < 10_000, statSync(log).mode & 0o777, existsSync(`${log}.old`)]).toEqual([
      true,
      0o600,
      true,
    ]);
    const [, token = "no token"] = started.login_url?.split("=") ?? [];
    expect(token).toHaveLength(43);
    expect(filesHolding(session.folder, token)).toEqual([]);
    expect(readFileSync(`/proc/${started.pid}/cmdline`, "utf8")).not.toContain(token);

    const second = await session.pm(["web", "--background", "--project", session.project, "--json"]);
    expect(errorOf(second)).toMatchObject({ code: "E481", message: expect.stringContaining(started.url) });
    const stopped = await session.pm(["web-stop", "--json"]);
    expect(JSON.parse(stopped.stdout).stopped).toMatchObject([{ pid: started.pid, forced: false }]);
    expect([isAlive(started.pid), existsSync(record)]).toEqual([false, false]);
    expect(errorOf(await session.pm(["web-stop", "--json"])).code).toBe("E483");
  }, 60_000);

  it("is won by one of two that start at the same moment", async () => {
    const session = recordedSession();
    const starts = await Promise.all([inBackground(session), inBackground(session)]);
    const won = starts.filter(({ started }) => started !== null);
    const [lost] = starts.filter(({ started }) => started === null);
    expect(won).toHaveLength(1);
    expect(errorOf(lost?.run ?? { stdout: "{}" })).toMatchObject({ code: "E481" });
    expect(JSON.parse((await session.pm(["web-stop", "--json"])).stdout).stopped).toHaveLength(1);
  }, 60_000);

  it("starts again after kill -9, of which pm doctor tells", async () => {
    const session = recordedSession();
    const web = async () =>
      JSON.parse((await session.pm(["doctor", "--json", "--project", session.project])).stdout).checks.find(
        ({ name }: { name: string }) => name === "web",
      );
    const first = await background(session);
    expect(await web()).toMatchObject({ outcome: "ok", detail: expect.stringContaining(first.url) });
    process.kill(first.pid, "SIGKILL");
    await expect.poll(() => isAlive(first.pid), PATIENCE).toBe(false);
    expect(await web()).toMatchObject({ outcome: "warn", fix: "Run: pm web-stop --namespace default" });
    const second = await background(session);
    expect(await health(second.url)).toMatchObject({ status: "ok" });
    const { servers } = JSON.parse(readFileSync(join(folderOf(session), "web.json"), "utf8"));
    expect(servers).toMatchObject([{ pid: second.pid }]);
  }, 60_000);

  it("is what /web of the REPL starts, and it outlives the REPL", async () => {
    const session = recordedSession();
    const namespace = await namespaceOfFreePort();
    onTestFinished(() => session.pm(["web-stop", "--namespace", namespace]).then(() => {}));
    const repl = (input: string) =>
      execFileSync(process.execPath, [LAUNCHER, "repl", "--namespace", namespace], {
        ...{ cwd: session.project, input, encoding: "utf8" },
        env: { PATH: process.env.PATH, ...session.env },
      });
    const choose = `/provider replay:${join(session.folder, "recording.json")}\n`;
    const url = /Web UI {3}(http:\S+)\nTasks run in this REPL/.exec(repl(`${choose}/web\n`))?.[1] ?? "";
    expect(await health(url)).toMatchObject({ status: "ok", namespace });
    expect(repl("/web\n")).toContain(`Web UI   ${url}  (for ${session.project})`);
    expect(await session.pm(["web-stop", "--namespace", namespace])).toMatchObject({ code: 0 });
  }, 60_000);

  it("shows the end of its log where it dies at its start, and leaves nothing running", async () => {
    const session = recordedSession();
    const broken = brokenPm(session.folder, 'console.error("it broke here\\u001b[2J"); process.exit(7);');
    const { code, printed } = await startBroken(session, broken).ended;
    expect(code).toBe(1);
    expect(printed).toMatch(
      /^E482 .*\n( {2}\| .*\n)* {2}\| it broke here\n( {2}\| .*\n)* {2}Fix: See its log: .*web\.log\n$/,
    );
    expect(processesOf(session.project, 0)).toEqual([]);
    expect(existsSync(join(folderOf(session), "web.json"))).toBe(false);
  }, 60_000);

  it("takes with it what it has started, where somebody does not wait for it", async () => {
    const session = recordedSession();
    const stuck = brokenPm(
      session.folder,
      'console.error("on its way"); await new Promise((done) => setTimeout(done, 600_000));',
    );
    const { child, ended } = startBroken(session, stuck);
    const log = join(folderOf(session), "web.log");
    const read = () => (existsSync(log) ? readFileSync(log, "utf8") : "");
    await expect.poll(read, PATIENCE).toContain("on its way");
    child.kill("SIGINT");
    expect(await ended).toEqual({ code: 130, printed: "" });
    expect(processesOf(session.project, 0)).toEqual([]);
  }, 60_000);
});

describe("pm web-stop", () => {
  it("never touches a process that only has the pid of a server that is gone", async () => {
    const session = recordedSession();
    const innocent = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    onTestFinished(() => void innocent.kill("SIGKILL"));
    const identity = processIdentity(innocent.pid as number) as ProcessIdentity;
    const stale = { ...identity, start: "1", port: 5999, url: "http://localhost:5999", namespace: "default" };
    const rest = { project: session.project, version: "0", started_at: "", background: true };
    mkdirSync(folderOf(session), { recursive: true });
    writeFileSync(join(folderOf(session), "web.json"), JSON.stringify({ servers: [{ ...stale, ...rest }] }));
    for (const words of [["web-stop"], ["web-stop", "--port", "5999"]])
      expect(errorOf(await session.pm([...words, "--json"])).code).toBe("E483");
    expect(existsSync(join(folderOf(session), "web.json"))).toBe(false);
    await background(session);
    expect(processIdentity(identity.pid)).toEqual(identity);
  }, 60_000);

  it("finds a port in every namespace, and stops nothing else", async () => {
    const session = recordedSession();
    const here = await background(session);
    const dev = await background(session, "--namespace", "dev");
    const stopped = await session.pm(["web-stop", "--port", String(dev.port)]);
    expect(stopped).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`${dev.url} of namespace dev`),
    });
    expect([isAlive(dev.pid), isAlive(here.pid)]).toEqual([false, true]);
    expect(errorOf(await session.pm(["web-stop", "--namespace", "dev", "--json"])).code).toBe("E483");
  }, 60_000);

  it("hands back what runs, and leaves no process of it", async () => {
    const { session, url, pid, hanging } = await withHangingTest();
    expect((await session.pm(["web-stop"])).stdout).toMatch(/^Stopped/);
    expect([...hanging(), ...processesOf(session.project, pid)]).toEqual([]);
    await expect(fetch(url)).rejects.toThrow();
    const { tasks } = JSON.parse((await session.pm(["tasks", "--json"])).stdout);
    expect(tasks).toMatchObject([{ task_id: "test.1", state: "QUEUED" }]);
  }, 60_000);

  it("kills one that does not answer, and with it what it ran", async () => {
    const { session, pid, hanging } = await withHangingTest();
    process.kill(pid, "SIGSTOP");
    const { stopped } = JSON.parse((await session.pm(["web-stop", "--json"])).stdout);
    expect(stopped).toMatchObject([{ pid, forced: true }]);
    expect(isAlive(pid)).toBe(false);
    await expect.poll(hanging, PATIENCE).toEqual([]);
    expect(processesOf(session.project, pid)).toEqual([]);
  }, 60_000);
});

/** A server in the background whose worker is in QA: the project's own test does not end. */
async function withHangingTest() {
  const name = `hang-${process.pid}-${process.hrtime.bigint()}.test.js`;
  const session = recordedSession({ [`test/${name}`]: "setTimeout(() => {}, 60_000);\n" });
  const { url, pid } = await background(session);
  await submit(url, session);
  const hanging = () => processesOf(name, pid);
  await expect.poll(() => hanging().length, PATIENCE).toBeGreaterThan(0);
  return { session, url, pid, hanging };
}

function startBroken({ project, env }: RecordedSession, launcher: string) {
  const words = [launcher, "web", "--background", "--project", project, "--port", "0"];
  const child = spawn(process.execPath, words, {
    ...{ env: { PATH: process.env.PATH, ...env }, stdio: ["ignore", "pipe", "pipe"] },
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      printed += chunk;
    });
  }
  const ended = new Promise<{ code: number | null; printed: string }>((resolve) =>
    child.on("close", (code) => resolve({ code, printed })),
  );
  return { child, ended };
}

/** @returns the launcher of a copy of the built pm that runs `code` where the web server is loaded. */
function brokenPm(folder: string, code: string): string {
  const app = fileURLToPath(new URL("../../apps/cli", import.meta.url));
  const copy = join(folder, "broken");
  for (const part of ["bin", "dist", "package.json"])
    cpSync(join(app, part), join(copy, part), { recursive: true });
  symlinkSync(join(app, "node_modules"), join(copy, "node_modules"));
  const [chunk = ""] = readdirSync(join(copy, "dist")).filter((name) => name.startsWith("web-part-"));
  writeFileSync(join(copy, "dist", chunk), `${code}\n`);
  return join(copy, "bin/pm.js");
}

/** `/web` takes the port of its namespace, which something else on this machine may have. */
async function namespaceOfFreePort(): Promise<string> {
  for (let n = 1; ; n += 1) {
    const namespace = `repl-${process.pid}-${n}`;
    if ((await listenOnce(defaultPort(namespace))) !== null) return namespace;
  }
}
