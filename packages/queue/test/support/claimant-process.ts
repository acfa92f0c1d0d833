import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { ClaimantLine, ClaimantOptions } from "./claimant.ts";

const PASSED_ON = ["PATH", "HOME", "TMPDIR"];

/** A claimant as the suite sees it from outside. */
export interface ClaimantProcess {
  readonly workerId: string;
  /** All that it said so far. */
  readonly lines: readonly ClaimantLine[];
  /** Lets it begin. */
  go(): void;
  signal(name: "SIGSTOP" | "SIGCONT" | "SIGKILL"): void;
  /** Waits for something that it says from now on, or has said. Fails where it ends without. */
  said(event: ClaimantLine["event"], times?: number): Promise<void>;
  /** Resolves when its process is gone. */
  readonly gone: Promise<void>;
}

/** Starts a bundle of buildClaimant; it waits for `go`. */
export function startClaimant(path: string, options: ClaimantOptions): ClaimantProcess {
  const env: NodeJS.ProcessEnv = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "1" };
  for (const name of PASSED_ON) if (process.env[name] !== undefined) env[name] = process.env[name];
  const child: ChildProcess = spawn(process.execPath, [path, JSON.stringify(options)], { env });
  const lines: ClaimantLine[] = [];
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  let errors = "";
  let isGone = false;
  child.stderr?.on("data", (chunk) => {
    errors += chunk;
  });
  // It may be killed while it is written to.
  child.stdin?.on("error", () => undefined);
  if (!child.stdout) throw new Error("A claimant without an output");
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(JSON.parse(line));
    tell();
  });
  const gone = new Promise<void>((resolve) => {
    child.once("close", () => {
      isGone = true;
      tell();
      resolve();
    });
  });

  return {
    workerId: options.workerId,
    lines,
    gone,
    go: () => void child.stdin?.write("go\n"),
    signal: (name) => void child.kill(name),
    said: (event, times = 1) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const enough = lines.filter((line) => line.event === event).length >= times;
          if (!enough && !isGone) return;
          listeners.delete(look);
          if (enough) resolve();
          else reject(new Error(`${options.workerId} ended before it said ${event}: ${errors}`));
        };
        listeners.add(look);
        look();
      }),
  };
}
