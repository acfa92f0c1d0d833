/**
 * One process of an agent that speaks ACP, from its start to its end.
 *
 * Talks to the process through `request.exec` and to its protocol through a wire. Invariants:
 * V1 the agent runs in the isolation only; it is given neither files nor terminals of ours, nor servers of tools;
 * V2 every question for permission is answered by our policy, and a no is a denial on record;
 * V3 when the prompt is answered, or can't be, the agent's input is closed, and after a short while it is stopped: how it ends
 *    then says nothing about its answer.
 */
import { client, methods } from "@agentclientprotocol/sdk";
import {
  type AgentRunRequest,
  type CommandResult,
  type CommandSpec,
  type Redactor,
  redactDeep,
} from "@pm/core";
import { type Command, readablePathsOf } from "../claude-code/command.ts";
import { createTranscript, type Transcript } from "../shared/transcript.ts";
import { acpPrompt } from "./acp-prompt.ts";
import { converse } from "./conversation.ts";
import { isAllowed, outcomeOf, permissionRequestSchema } from "./permission-policy.ts";
import { createSessionUpdates, type SessionUpdates } from "./session-updates.ts";
import { labelOf } from "./tool-calls.ts";
import { createWire, type Wire } from "./wire.ts";

export interface DriveInput {
  readonly request: AgentRunRequest;
  readonly provider: string;
  readonly command: Command;
  /** Beside what every agent is given. */
  readonly env: Readonly<Record<string, string>>;
  readonly endpoint: CommandSpec["endpoint"] | null;
  readonly redactor: Redactor;
  readonly lingerMs: number;
  readonly handshakeMs: number;
  readonly clientVersion: string;
}

export type Talk =
  | { readonly answered: true; readonly stopReason: string }
  | { readonly answered: false; readonly error: unknown };

export interface DrivenRun {
  readonly command: CommandResult;
  readonly talk: Talk;
  readonly denials: readonly string[];
  readonly updates: SessionUpdates;
  readonly wire: Wire;
  readonly transcript: Transcript;
  /** Null where the agent does not say. */
  readonly agentVersion: string | null;
  /** Whether the agent had opened a session. */
  readonly isInitialized: boolean;
}

const KEPT_OUTPUT_BYTES = 64 * 1024;

export async function driveAcpAgent(input: DriveInput): Promise<DrivenRun> {
  const { request, redactor } = input;
  const transcript = createTranscript(redactor);
  const updates = createSessionUpdates((activity) => request.onActivity(redactDeep(activity, redactor)));
  const wire = createWire({ onLine: transcript.add, onUpdate: updates.take });
  const denials: string[] = [];
  let agentVersion: string | null = null;
  let isInitialized = false;

  const app = client({ name: "pm" }).onRequest(
    methods.client.session.requestPermission as string,
    permissionRequestSchema,
    ({ params }) => {
      const call = updates.call(params.toolCall);
      const allowed = isAllowed(call, request);
      const outcome = outcomeOf(params.options, allowed);
      if (!allowed) denials.push(labelOf(call));
      return { outcome };
    },
  );
  const connection = app.connect(wire.stream);
  const ended = new AbortController();
  const running = request
    .exec({
      argv: [...input.command],
      env: { ...input.env, ...identity(request) },
      stdin: wire.stdin,
      limitMs: request.limits.seconds * 1000,
      idleMs: request.limits.idleSeconds * 1000,
      signal: AbortSignal.any([request.signal, ended.signal]),
      onStdout: wire.push,
      captureBytes: KEPT_OUTPUT_BYTES,
      readable: readablePathsOf(input.command),
      ...(input.endpoint ? { endpoint: input.endpoint } : {}),
    })
    .finally(() => wire.end());
  // It is awaited below; until then nobody else would hear that it failed.
  running.catch(() => {});

  const talk = await converse(connection.agent, {
    command: input.command.join(" "),
    provider: input.provider,
    cwd: request.workspace.path,
    prompt: acpPrompt(request),
    model: request.model,
    clientVersion: input.clientVersion,
    handshakeMs: input.handshakeMs,
    onAgent: ({ version }) => {
      isInitialized = true;
      agentVersion = version;
    },
  }).then(
    (stopReason): Talk => ({ answered: true, stopReason }),
    (error: unknown): Talk => ({ answered: false, error }),
  );
  wire.close();
  const linger = setTimeout(() => ended.abort(), input.lingerMs);
  const command = await running.finally(() => clearTimeout(linger));
  connection.close();
  const stoppedByUs = ended.signal.aborted && !request.signal.aborted && command.termination === "aborted";
  const wasDone = talk.answered && command.termination === "exited";
  return {
    command: stoppedByUs || wasDone ? endedWell(command) : command,
    talk,
    denials,
    updates,
    wire,
    transcript,
    agentVersion,
    isInitialized,
  };
}

/** Its work was over, well or not, and that is what counts. */
function endedWell(command: CommandResult): CommandResult {
  return { ...command, termination: "exited", exitCode: 0, signal: null };
}

function identity(request: AgentRunRequest): Record<string, string> {
  return {
    PM_SESSION_ID: request.sessionId,
    PM_TASK_ID: request.taskId,
    PM_PHASE: request.phase,
    PM_RUN_ID: request.runId,
    ...(request.subtaskId === null ? {} : { PM_SUBTASK_ID: request.subtaskId }),
    IS_SANDBOX: "1",
  };
}
