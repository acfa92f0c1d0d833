/**
 * Starts the tool host of a run and talks to it.
 *
 * Owns the channel and the calls under way; talks to `tool-host/main.mjs` in the isolation, through `request.exec`. It
 * keeps H1–H5 of tool-host.ts. What runs inside is not believed: a command of the agent has the same user as the host and
 * may kill, stop or imitate it. So:
 * O1 what is no answer to a call of ours, or longer than one may be, ends the host; it never ends us;
 * O2 a call's id can't be guessed;
 * O3 no call waits for ever: beyond its own limit and some patience, the host counts as stuck and is ended.
 */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { type AgentRunRequest, type CommandResult, createLineSplitter } from "@pm/core";
import * as z from "zod";
import { parseToolCall } from "./parse-tool-call.ts";
import { toolDefinitions } from "./tool-definitions.ts";
import type { ToolHost, ToolOutcome } from "./tool-host.ts";
import { TOOL_HOST_DIR } from "./tool-host-path.ts";

const answerSchema = z.strictObject({
  id: z.string(),
  text: z.string(),
  isError: z.boolean(),
  denied: z.string().nullable(),
});

const MAX_FRAME_BYTES = 1024 * 1024;
const TOO_LONG = `it said a line of more than ${MAX_FRAME_BYTES} bytes`;
const NEWLINE = 0x0a;
/** Frames are read as they come; of stdout nothing need be kept, and of stderr why it failed. */
const CAPTURE_BYTES = 8 * 1024;

export interface ToolHostOptions {
  /** How long an overdue call, or an end that was asked for, is waited for before the host is killed. */
  readonly patienceSeconds: number;
}

interface Waiting {
  resolve(outcome: ToolOutcome): void;
  reject(error: unknown): void;
}

/** Opens the tools of a run; its process starts at once, and calls may be made at once. */
export function openToolHost(
  request: Pick<AgentRunRequest, "access" | "exec" | "limits" | "signal">,
  { patienceSeconds }: ToolHostOptions,
): ToolHost {
  const definitions = toolDefinitions(request.access);
  const names = definitions.map(({ name }) => name);
  const waiting = new Map<string, Waiting>();
  /** Calls that were given up; each is answered once more. */
  const cancelled = new Set<string>();
  /** Bytes of a line that has not ended yet. */
  let unended = 0;
  const input = new PassThrough();
  // It is destroyed with the host; who asks later hears of that from `gone`.
  input.on("error", () => {});
  const kill = new AbortController();
  let gone: Error | null = null;

  const fail = (why: string) => {
    gone ??= new Error(`the tool host is gone: ${why}`);
    for (const { reject } of waiting.values()) reject(gone);
    waiting.clear();
  };
  const distrust = (why: string) => {
    fail(why);
    kill.abort();
  };
  const lines = createLineSplitter({
    maxLineBytes: MAX_FRAME_BYTES,
    onLine(line) {
      const answer = answerSchema.safeParse(parseJson(line));
      if (!answer.success) return distrust("what it said is no answer");
      const { id, ...outcome } = answer.data;
      const call = waiting.get(id);
      if (call !== undefined) call.resolve(outcome);
      else if (!cancelled.delete(id)) distrust("it answered what nobody had asked");
    },
    onOversize: () => distrust(TOO_LONG),
  });

  const ended = request.exec({
    argv: [process.execPath, join(TOOL_HOST_DIR, "main.mjs")],
    stdin: input,
    readable: [process.execPath, TOOL_HOST_DIR],
    limitMs: request.limits.seconds * 1000,
    signal: AbortSignal.any([request.signal, kill.signal]),
    captureBytes: CAPTURE_BYTES,
    onStdout: (chunk) => {
      if (gone !== null) return;
      lines.push(chunk);
      const newline = chunk.lastIndexOf(NEWLINE);
      unended = newline === -1 ? unended + chunk.length : chunk.length - newline - 1;
      if (unended > MAX_FRAME_BYTES) distrust(TOO_LONG);
    },
  });
  ended.then(
    (result) => fail(endOf(result)),
    (error: unknown) => fail(error instanceof Error ? error.message : String(error)),
  );

  const ask = (name: string, toolInput: unknown, limitSeconds: number, signal: AbortSignal) =>
    new Promise<ToolOutcome>((resolve, reject) => {
      const id = randomBytes(12).toString("base64url");
      const overdue = setTimeout(
        () => distrust(`${name} did not answer in time`),
        (limitSeconds + patienceSeconds) * 1000,
      );
      const done = () => {
        clearTimeout(overdue);
        signal.removeEventListener("abort", onAbort);
        waiting.delete(id);
      };
      const onAbort = () => {
        done();
        cancelled.add(id);
        input.write(`${JSON.stringify({ cancel: id })}\n`);
        reject(signal.reason);
      };
      signal.addEventListener("abort", onAbort);
      waiting.set(id, {
        resolve(outcome) {
          done();
          resolve(outcome);
        },
        reject(error) {
          done();
          reject(error);
        },
      });
      input.write(`${JSON.stringify({ id, name, input: toolInput })}\n`);
    });

  return {
    definitions,
    ended,
    async call(call, signal) {
      signal.throwIfAborted();
      if (gone !== null) throw gone;
      const parsed = parseToolCall(call, names, request.limits);
      if (!parsed.ok) return { text: parsed.problem, isError: true, denied: null };
      return await ask(call.name, parsed.input, parsed.limitSeconds, signal);
    },
    async end() {
      fail("it was ended");
      input.end();
      const killTimer = setTimeout(() => kill.abort(), patienceSeconds * 1000);
      try {
        return await ended;
      } finally {
        clearTimeout(killTimer);
      }
    },
  };
}

function parseJson(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString("utf8"));
  } catch {
    return undefined;
  }
}

function endOf(result: CommandResult): string {
  const how = result.spawnError ?? (result.signal === null ? `exit code ${result.exitCode}` : result.signal);
  const said = result.stderr.head.toString("utf8").trim().split("\n").slice(-3).join(" ");
  return [result.termination, how, said].filter((part) => part !== "").join(", ");
}
