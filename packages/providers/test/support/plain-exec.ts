import { spawn } from "node:child_process";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { Readable } from "node:stream";
import type { AgentRunRequest, CommandResult, Termination } from "@pm/core";
import { createOutputCapture } from "@pm/core";

type Exec = AgentRunRequest["exec"];

/** An exec without isolation: a child with a small environment, for tests of what is said to and by the child. */
export function plainExec(cwd: string, home: string): Exec {
  return async (spec) => {
    const relay = spec.endpoint ? await openRelay(spec.endpoint.socketPath) : null;
    const port = (relay?.address() as AddressInfo | undefined)?.port;
    const endpointEnv = spec.endpoint?.env(`http://127.0.0.1:${port}`) ?? {};
    const result = await new Promise<CommandResult>((resolve) => {
      const [file, ...args] = spec.argv;
      const started = Date.now();
      const stdout = createOutputCapture(spec.captureBytes ?? 1024 * 1024);
      const stderr = createOutputCapture(spec.captureBytes ?? 1024 * 1024);
      let termination: Termination = "exited";
      const child = spawn(file, args, {
        cwd,
        detached: true,
        env: { PATH: process.env.PATH ?? "", HOME: home, TMPDIR: "/tmp", ...spec.env, ...endpointEnv },
      });
      const stop = (cause: Termination) => {
        if (termination === "exited") termination = cause;
        try {
          process.kill(-(child.pid ?? 0), "SIGKILL");
        } catch {
          child.kill("SIGKILL");
        }
      };
      const limit = setTimeout(() => stop("time_limit"), spec.limitMs);
      let idle = setTimeout(() => {}, 0);
      const alive = () => {
        clearTimeout(idle);
        if (spec.idleMs !== undefined) idle = setTimeout(() => stop("idle_limit"), spec.idleMs);
      };
      alive();
      const onAbort = () => stop("aborted");
      if (spec.signal?.aborted) onAbort();
      spec.signal?.addEventListener("abort", onAbort);
      child.stdin.on("error", () => {});
      if (spec.stdin instanceof Readable) spec.stdin.pipe(child.stdin);
      else child.stdin.end(spec.stdin ?? "");
      child.stdout.on("data", (chunk: Buffer) => {
        alive();
        stdout.push(chunk);
        spec.onStdout?.(chunk);
      });
      child.stderr.on("data", (chunk: Buffer) => {
        alive();
        stderr.push(chunk);
      });
      const end = (exitCode: number | null, signal: NodeJS.Signals | null, spawnError: string | null) => {
        clearTimeout(limit);
        clearTimeout(idle);
        spec.signal?.removeEventListener("abort", onAbort);
        resolve({
          argv: spec.argv,
          exitCode,
          signal,
          termination: spawnError === null ? termination : "spawn_failed",
          durationMs: Date.now() - started,
          stdout: stdout.result(),
          stderr: stderr.result(),
          survivors: 0,
          spawnError,
        });
      };
      child.on("error", (error) => end(null, null, error.message));
      child.on("close", (code, signal) => end(code, signal, null));
    });
    relay?.close();
    return result;
  };
}

async function openRelay(socketPath: string): Promise<Server> {
  const server = createServer((socket) => {
    const upstream = connect(socketPath);
    socket.on("error", () => upstream.destroy());
    upstream.on("error", () => socket.destroy());
    socket.pipe(upstream).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}
