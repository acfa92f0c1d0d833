/**
 * Drives the Claude Code CLI over stream-json.
 *
 * Owns which conversation belongs to which phase, for a re-ask. Talks to the isolation through `request.exec` and, for
 * the time of a run, to the API through a gateway. Invariants:
 * D1 the key never enters the isolation: the agent holds a token that is worth nothing after its run;
 * D2 the executable, the key and the API's url come from the person, never from the project;
 * D3 usage of a resumed conversation is what this run added to it;
 * D4 an agent that lingers after its answer is stopped, and that alone is no error.
 */
import { randomBytes, randomUUID } from "node:crypto";
import {
  type AgentRunRequest,
  type AgentRunResult,
  type CommandResult,
  createRedactor,
  type Provider,
  type Redactor,
  RunnerError,
  redactDeep,
  type Usage,
} from "@pm/core";
import { blankRecord } from "../shared/blank-record.ts";
import { createTranscript, type Transcript } from "../shared/transcript.ts";
import { agentVersion, UNKNOWN_VERSION } from "./agent-version.ts";
import { claudeArguments } from "./arguments.ts";
import { type Command, readablePathsOf } from "./command.ts";
import { type Credential, type CredentialSource, createCredentialSource } from "./credentials.ts";
import { claudeEnvironment, gatewayEnvironment } from "./environment.ts";
import { type Gateway, startGateway } from "./gateway.ts";
import type { MessageWatch } from "./message-watch.ts";
import { judgeOutcome } from "./outcome.ts";
import { ownLogin } from "./own-login.ts";
import { projectMemory } from "./project-memory.ts";
import { NO_USAGE, totalUsage, usageSince } from "./run-usage.ts";
import { createStreamReader, type StreamFacts } from "./stream-reader.ts";
import { structuredAnswer } from "./structured-answer.ts";
import { upstreamOf } from "./upstream.ts";

export interface ClaudeCodeProviderOptions {
  /** From `resolveClaudeCommand`. */
  readonly command: Command;
  /** The person's environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The key of the person's config.json. */
  readonly configKey?: string | undefined;
  /** The person's home folder, where their login is. */
  readonly homeDir: string;
  readonly redactor: Redactor;
  /** How long the agent may live on after its answer. Default 5000. */
  readonly lingerMs?: number;
  readonly now?: () => number;
  readonly newId?: () => string;
}

interface Conversation {
  readonly id: string;
  readonly stateDir: string;
  readonly used: Usage;
}

const LINGER_MS = 5000;
const MAX_CONVERSATIONS = 256;
const KEPT_OUTPUT_BYTES = 64 * 1024;

export function createClaudeCodeProvider(options: ClaudeCodeProviderOptions): Provider {
  const { command, env, homeDir } = options;
  const credentials = createCredentialSource({
    env,
    configKey: options.configKey,
    homeDir,
    command,
    now: options.now ?? Date.now,
  });
  const conversations = new Map<string, Conversation>();

  return {
    name: "claude-code",

    async check() {
      const version = await agentVersion(command, env, homeDir);
      const upstream = upstreamOf(env);
      const credential = await credentials.find();
      const login = credential?.source ?? (await ownLogin(command, env, homeDir));
      if (login === null) throw new RunnerError("E503", { provider: "claude-code" });
      const name =
        version === UNKNOWN_VERSION ? `${command[0]} (${version} version)` : `Claude Code ${version}`;
      return { version: name, login: upstream.isDefault ? login : `${login}, at ${upstream.url.host}` };
    },

    async run(request) {
      const credential = await credentials.fresh();
      const token = `pm-run-${randomBytes(24).toString("hex")}`;
      const redactor = withSecrets(options.redactor, [token, ...(credential ? [credential.secret] : [])]);
      const key = JSON.stringify([request.taskId, request.phase, request.subtaskId]);
      const before = resumable(request, conversations.get(key));
      const conversation = { id: before?.id ?? (options.newId ?? randomUUID)(), resume: before !== null };
      const gateway = credential && (await openGateway(env, credentials, token));
      try {
        const run = await drive({ request, options, conversation, credential, gateway, token, redactor });
        const total = run.facts.result === null ? null : totalUsage(run.facts.result);
        conversations.delete(key);
        if (total !== null && !run.outcome.isError && request.output !== null) {
          conversations.set(key, { id: conversation.id, stateDir: request.stateDir, used: total });
          forgetOldest(conversations);
        }
        return toResult(run, usageSince(before?.used ?? NO_USAGE, total ?? NO_USAGE), redactor);
      } finally {
        await gateway?.close();
      }
    },
  };
}

/** Only a re-ask goes on with a conversation; a repeated EXECUTION starts from another workspace, so it must not. */
function resumable(request: AgentRunRequest, found: Conversation | undefined): Conversation | null {
  if (request.attempt < 2 || request.output === null) return null;
  return found?.stateDir === request.stateDir ? found : null;
}

function forgetOldest(conversations: Map<string, Conversation>): void {
  for (const key of conversations.keys()) {
    if (conversations.size <= MAX_CONVERSATIONS) return;
    conversations.delete(key);
  }
}

async function openGateway(
  env: ClaudeCodeProviderOptions["env"],
  credentials: CredentialSource,
  token: string,
): Promise<Gateway> {
  return await startGateway({
    upstream: upstreamOf(env).url,
    token,
    credential: async () => {
      const fresh = await credentials.fresh();
      if (fresh === null) throw new RunnerError("E503", { provider: "claude-code" });
      return fresh;
    },
  });
}

interface DriveInput {
  readonly request: AgentRunRequest;
  readonly options: ClaudeCodeProviderOptions;
  readonly conversation: { readonly id: string; readonly resume: boolean };
  readonly credential: Credential | null;
  readonly gateway: Gateway | null;
  readonly token: string;
  readonly redactor: Redactor;
}

interface DrivenRun {
  readonly command: CommandResult;
  readonly facts: StreamFacts;
  readonly outcome: ReturnType<typeof judgeOutcome>;
  readonly transcript: Transcript;
  readonly wantsAnswer: boolean;
}

async function drive(input: DriveInput): Promise<DrivenRun> {
  const { request, options, gateway, credential, token, redactor } = input;
  const transcript = createTranscript(redactor);
  const lingering = new AbortController();
  let linger: NodeJS.Timeout | undefined;
  let lastMessage: MessageWatch | null = null;
  const reader = createStreamReader({
    transcript,
    onActivity: (activity) => request.onActivity(redactDeep(activity, redactor)),
    onResult: () => {
      lastMessage = gateway?.lastMessage() ?? null;
      linger = setTimeout(() => lingering.abort(), options.lingerMs ?? LINGER_MS);
    },
  });
  const memory = await projectMemory(request.workspace.hostDir);
  const model = request.model ?? options.env.ANTHROPIC_MODEL ?? null;
  const command = await request.exec({
    argv: [
      ...options.command,
      ...claudeArguments({ request, conversation: input.conversation, memory, model }),
    ],
    env: claudeEnvironment(request),
    stdin: request.prompt,
    limitMs: request.limits.seconds * 1000,
    idleMs: request.limits.idleSeconds * 1000,
    signal: AbortSignal.any([request.signal, lingering.signal]),
    onStdout: reader.push,
    captureBytes: KEPT_OUTPUT_BYTES,
    readable: readablePathsOf(options.command),
    ...(gateway && credential
      ? {
          endpoint: {
            socketPath: gateway.socketPath,
            env: (url: string) => gatewayEnvironment(url, token, credential.kind),
          },
        }
      : {}),
  });
  clearTimeout(linger);
  reader.end();

  const stoppedByUs =
    lingering.signal.aborted && !request.signal.aborted && command.termination === "aborted";
  const ended: CommandResult = stoppedByUs
    ? { ...command, termination: "exited", exitCode: 0, signal: null }
    : command;
  const watched = lastMessage as MessageWatch | null;
  const outcome = judgeOutcome({
    command: ended,
    resultEvents: reader.facts.resultEvents,
    result: reader.facts.result,
    answerBroken: watched !== null && watched.state !== "whole",
  });
  return { command: ended, facts: reader.facts, outcome, transcript, wantsAnswer: request.output !== null };
}

function toResult(run: DrivenRun, usage: Usage, redactor: Redactor): AgentRunResult {
  const { command, facts, outcome } = run;
  const answer = run.wantsAnswer && !outcome.isError ? structuredAnswer(facts.result) : undefined;
  return {
    record: {
      ...blankRecord(facts.version),
      exit_code: command.exitCode,
      signal: command.signal,
      termination: command.termination,
      duration_ms: command.durationMs,
      result_events: facts.resultEvents,
      is_error: outcome.isError,
      outcome: redactor.redact(outcome.outcome),
      tool_calls: facts.toolIds.size,
      denials: [...facts.denials.values()].map((denial) => redactor.redact(denial)),
      malformed_lines: facts.malformedLines,
      truncated: facts.oversizeLines > 0,
      survivors: command.survivors,
      output_bytes: command.stdout.bytes + command.stderr.bytes,
      usage,
      model: facts.model,
      error_code: outcome.code,
      error_message: outcome.message === null ? null : redactor.redact(outcome.message),
    },
    structured: redactDeep(answer, redactor),
    text: redactor.redact(facts.result?.result ?? facts.lastText),
    transcript: run.transcript.text(command.stderr),
  };
}

/** The run's own secrets first, then those that the person's redactor knows. */
function withSecrets(redactor: Redactor, secrets: readonly string[]): Redactor {
  const own = createRedactor(secrets);
  return { redact: (text) => redactor.redact(own.redact(text)) };
}
