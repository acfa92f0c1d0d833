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
import { type AgentRunRequest, type Provider, type Redactor, RunnerError, type Usage } from "@pm/core";
import { withSecrets } from "../shared/with-secrets.ts";
import { agentVersion, UNKNOWN_VERSION } from "./agent-version.ts";
import type { Command } from "./command.ts";
import { type CredentialSource, createCredentialSource } from "./credentials.ts";
import { driveAgent } from "./drive-agent.ts";
import { type Gateway, startGateway } from "./gateway.ts";
import { judgeOutcome } from "./outcome.ts";
import { ownLogin } from "./own-login.ts";
import { NO_USAGE, totalUsage, usageSince } from "./run-usage.ts";
import { toRunResult } from "./to-run-result.ts";
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
  /** How often the agent asks the API again after 429, 5xx or a dropped answer. Default 4, some 10 seconds. */
  readonly maxRetries?: number;
  readonly now?: () => number;
  readonly newId?: () => string;
}

interface Conversation {
  readonly id: string;
  readonly stateDir: string;
  /** The CLI files conversations by working directory. */
  readonly path: string;
  readonly used: Usage;
}

const LINGER_MS = 5000;
const MAX_RETRIES = 4;
const MAX_CONVERSATIONS = 256;

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
        const run = await driveAgent({
          request,
          command,
          conversation,
          model: request.model ?? env.ANTHROPIC_MODEL ?? null,
          access: gateway && credential && { socketPath: gateway.socketPath, token, kind: credential.kind },
          redactor,
          lingerMs: options.lingerMs ?? LINGER_MS,
          maxRetries: options.maxRetries ?? MAX_RETRIES,
        });
        const { result, resultEvents } = run.facts;
        const outcome = judgeOutcome({ command: run.command, resultEvents, result });
        const total = result === null ? NO_USAGE : totalUsage(result);
        const wantsAnswer = request.output !== null;
        conversations.delete(key);
        if (wantsAnswer && !outcome.isError) {
          const { stateDir, workspace } = request;
          conversations.set(key, { id: conversation.id, stateDir, path: workspace.path, used: total });
          forgetOldest(conversations);
        }
        const usage = usageSince(before?.used ?? NO_USAGE, total);
        return toRunResult({ run, outcome, usage, wantsAnswer, redactor });
      } finally {
        await gateway?.close();
      }
    },
  };
}

/** Only a re-ask goes on with a conversation; a repeated EXECUTION starts from another workspace, so it must not. */
function resumable(request: AgentRunRequest, found: Conversation | undefined): Conversation | null {
  if (request.attempt < 2 || request.output === null) return null;
  return found?.stateDir === request.stateDir && found.path === request.workspace.path ? found : null;
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
