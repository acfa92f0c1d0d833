/**
 * Plays recorded agent runs: the same tool actions and answers, no model and no network.
 *
 * Owns the parsed recording. Talks to the isolation through `request.exec` only. Invariants:
 * Y1 a run that the recording does not hold, or whose actions don't fit the workspace, is a fact with code E509;
 * Y2 actions run inside the isolation, never in this process;
 * Y3 nothing is remembered between runs, so that a resumed process plays on;
 * Y4 what a recording says of how a run ended makes it worse or leaves it as it is, never better.
 */
import type {
  AgentRunRecord,
  AgentRunRequest,
  AgentRunResult,
  CommandResult,
  Provider,
  Redactor,
} from "@pm/core";
import { blankRunRecord, createLineSplitter, NO_USAGE } from "@pm/core";
import * as z from "zod";
import { limitCode } from "../shared/limit-code.ts";
import { createTranscript } from "../shared/transcript.ts";
import { endAsRecorded } from "./ended.ts";
import { findStep, leftOverSteps, nameRun } from "./find-step.ts";
import { PLAYER_SOURCE } from "./player-source.ts";
import { loadRecording, type RecordedStep, type Recording } from "./recording.ts";

export interface ReplayProviderOptions {
  /** The recording, a JSON file. */
  readonly path: string;
  readonly redactor?: Redactor;
}

const MAX_LINE_BYTES = 1024 * 1024;
const doneSchema = z.object({ done: z.number(), tool: z.string(), path: z.string() });
const mismatchSchema = z.object({ mismatch: z.string() });

export function createReplayProvider(options: ReplayProviderOptions): Provider {
  let loaded: Promise<Recording> | undefined;
  const recording = () => {
    loaded ??= loadRecording(options.path).catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  };

  return {
    name: "replay",

    async check() {
      const { recorded } = await recording();
      return {
        version: `recording of ${recorded.agent} ${recorded.version}, ${recorded.date}`,
        login: "none needed",
      };
    },

    async run(request) {
      const found = await recording();
      const step = findStep(found, { ...request, task: request.task });
      if (step === null) return withoutStep(request, found);
      return await playStep(request, step, found, options.redactor);
    },

    async endTask({ task, runs }) {
      const found = await recording();
      const left = leftOverSteps(found, task, runs);
      if (left.length > 0) return `The recording has steps that were not played: ${left.join("; ")}.`;
      return found.tasks.find(({ prompt }) => prompt.trim() === task.trim())?.objection ?? null;
    },
  };
}

function withoutStep(request: AgentRunRequest, recording: Recording): AgentRunResult {
  const run = nameRun(request.phase, request.subtaskId, request.attempt);
  const known = recording.tasks.some((task) => task.prompt.trim() === request.task.trim());
  const reason = known
    ? `The recording has no step for ${run}.`
    : "The recording does not hold a task with this prompt.";
  return {
    record: {
      ...blankRunRecord(versionOf(recording)),
      termination: "spawn_failed",
      is_error: true,
      outcome: "no_step",
      usage: NO_USAGE,
      error_code: "E509",
      error_message: reason,
    },
    structured: undefined,
    text: "",
    transcript: "",
  };
}

async function playStep(
  request: AgentRunRequest,
  step: RecordedStep,
  recording: Recording,
  redactor: Redactor | undefined,
): Promise<AgentRunResult> {
  let done = 0;
  let mismatch: string | null = null;
  const transcript = createTranscript(redactor);
  const splitter = createLineSplitter({
    maxLineBytes: MAX_LINE_BYTES,
    onLine: (line) => {
      const text = line.toString("utf8");
      transcript.add(text);
      const event = parseLine(text);
      const action = doneSchema.safeParse(event);
      if (action.success) {
        done += 1;
        request.onActivity({ kind: "tool", name: action.data.tool, detail: action.data.path });
      }
      mismatch = mismatchSchema.safeParse(event).data?.mismatch ?? mismatch;
    },
    onOversize: (bytes) => transcript.add(`[a line of ${bytes} bytes]`),
  });
  const result = await request.exec({
    argv: [process.execPath, "--input-type=module", "-e", PLAYER_SOURCE],
    stdin: JSON.stringify({
      root: request.workspace.path,
      delayMs: step.delay_ms ?? 0,
      actions: step.actions,
    }),
    readable: [process.execPath],
    limitMs: request.limits.seconds * 1000,
    idleMs: request.limits.idleSeconds * 1000,
    signal: request.signal,
    onStdout: splitter.push,
  });
  splitter.end();
  if (step.text !== undefined) request.onActivity({ kind: "text", text: step.text });

  const clean = result.termination === "exited" && result.exitCode === 0 && done === step.actions.length;
  const played: AgentRunRecord = {
    ...blankRunRecord(versionOf(recording)),
    exit_code: result.exitCode,
    signal: result.signal,
    termination: result.termination,
    duration_ms: result.durationMs,
    result_events: clean ? 1 : 0,
    is_error: !clean,
    outcome: clean ? "success" : mismatch === null ? result.termination : "mismatch",
    tool_calls: done,
    survivors: result.survivors,
    output_bytes: result.stdout.bytes + result.stderr.bytes,
    usage: step.usage ?? NO_USAGE,
    ...(clean ? {} : failure(request, result, mismatch)),
  };
  return {
    record: clean ? endAsRecorded(played, step.ended) : played,
    structured: clean && request.output !== null ? step.answer : undefined,
    text: clean ? (step.text ?? "") : "",
    transcript: transcript.text(result.stderr),
  };
}

function failure(request: AgentRunRequest, result: CommandResult, mismatch: string | null) {
  const run = nameRun(request.phase, request.subtaskId, request.attempt);
  if (mismatch !== null) {
    return {
      error_code: "E509" as const,
      error_message: `The recording of ${run} does not fit: ${mismatch}.`,
    };
  }
  const code = limitCode(result.termination);
  const aborted = result.termination === "aborted";
  return {
    error_code: code ?? (aborted ? null : ("E510" as const)),
    error_message: result.spawnError ?? `The player of ${run} ended: ${result.termination}.`,
  };
}

function versionOf(recording: Recording): string {
  return `replay of ${recording.recorded.agent} ${recording.recorded.version}`;
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
