import { type AgentRunRequest, type CommandResult, type Redactor, redactDeep } from "@pm/core";
import { projectMemory } from "../shared/project-memory.ts";
import { createTranscript, type Transcript } from "../shared/transcript.ts";
import { claudeArguments } from "./arguments.ts";
import { type Command, readablePathsOf } from "./command.ts";
import type { Credential } from "./credentials.ts";
import { claudeEnvironment, gatewayEnvironment } from "./environment.ts";
import { createStreamReader, type StreamFacts } from "./stream-reader.ts";

export interface DriveInput {
  readonly request: AgentRunRequest;
  readonly command: Command;
  readonly conversation: { readonly id: string; readonly resume: boolean };
  readonly model: string | null;
  /** What the executable itself is to keep to; null where the gateway does it, or nobody need. */
  readonly maxBudgetUsd: number | null;
  /** Null where the executable has a login of its own, or needs none. */
  readonly access: {
    readonly socketPath: string;
    readonly token: string;
    readonly kind: Credential["kind"];
  } | null;
  readonly redactor: Redactor;
  /** How long the agent may live on after its answer. */
  readonly lingerMs: number;
  readonly maxRetries: number;
}

export interface DrivenRun {
  readonly command: CommandResult;
  readonly facts: StreamFacts;
  readonly transcript: Transcript;
}

const KEPT_OUTPUT_BYTES = 64 * 1024;

/** One process of the agent, from its prompt to its end. */
export async function driveAgent(input: DriveInput): Promise<DrivenRun> {
  const { request, access, redactor } = input;
  const transcript = createTranscript(redactor);
  const lingering = new AbortController();
  let linger: NodeJS.Timeout | undefined;
  const reader = createStreamReader({
    transcript,
    onActivity: (activity) => request.onActivity(redactDeep(activity, redactor)),
    onResult: () => {
      linger = setTimeout(() => lingering.abort(), input.lingerMs);
    },
  });
  const memory = await projectMemory(request.workspace.hostDir);
  const { conversation, model, maxBudgetUsd } = input;
  const command = await request.exec({
    argv: [...input.command, ...claudeArguments({ request, conversation, memory, model, maxBudgetUsd })],
    env: claudeEnvironment(request, input.maxRetries),
    stdin: request.prompt,
    limitMs: request.limits.seconds * 1000,
    idleMs: request.limits.idleSeconds * 1000,
    signal: AbortSignal.any([request.signal, lingering.signal]),
    onStdout: reader.push,
    captureBytes: KEPT_OUTPUT_BYTES,
    readable: readablePathsOf(input.command),
    ...(access === null
      ? {}
      : {
          endpoint: {
            socketPath: access.socketPath,
            env: (url: string) => gatewayEnvironment(url, access.token, access.kind),
          },
        }),
  });
  clearTimeout(linger);
  reader.end();
  const onlyLingered =
    lingering.signal.aborted && !request.signal.aborted && command.termination === "aborted";
  return { command: onlyLingered ? endedWell(command) : command, facts: reader.facts, transcript };
}

/** It had given its answer and would not go: that we stopped it says nothing about the answer. */
function endedWell(command: CommandResult): CommandResult {
  return { ...command, termination: "exited", exitCode: 0, signal: null };
}
