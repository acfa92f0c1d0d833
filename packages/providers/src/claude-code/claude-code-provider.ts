/**
 * Drives the Claude Code CLI over stream-json.
 *
 * Owns which conversation belongs to which phase, for a re-ask. Talks to the isolation through `request.exec` and, for
 * the time of a run, to the API through a gateway. Invariants:
 * D1 the key never enters the isolation: the agent holds a token that is worth nothing after its run;
 * D2 the executable, the key and the API's url come from the person, never from the project;
 * D3 usage of a resumed conversation is what this run added to it;
 * D4 an agent that lingers after its answer is stopped, and that alone is no error;
 * D5 with a budget, each model call is admitted at the gateway; where the executable asks the API by itself, the whole run is
 *    one admitted call and the executable is told what is left.
 */
import { randomBytes, randomUUID } from "node:crypto";
import {
  type AgentRunRequest,
  NO_USAGE,
  type Provider,
  type Redactor,
  RunnerError,
  type Usage,
  type UserConfig,
} from "@pm/core";
import { type CallMeter, createCallMeter } from "../gateway/call-meter.ts";
import { type Gateway, startGateway } from "../gateway/gateway.ts";
import { priceOf } from "../models/price-of.ts";
import { withSecrets } from "../shared/with-secrets.ts";
import { agentVersion, UNKNOWN_VERSION } from "./agent-version.ts";
import type { Command } from "./command.ts";
import { type CredentialSource, createCredentialSource } from "./credentials.ts";
import { driveAgent } from "./drive-agent.ts";
import { judgeOutcome } from "./outcome.ts";
import { ownLogin } from "./own-login.ts";
import { totalUsage, usageSince } from "./run-usage.ts";
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
  /** `prices` of the person's config.json. */
  readonly prices?: UserConfig["prices"];
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
const MODEL_REQUESTS = /^\/v1\/(messages|messages\/count_tokens|models(\/[A-Za-z0-9._:-]{1,128})?)$/;

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
      const { spending } = request;
      const model = request.model ?? env.ANTHROPIC_MODEL ?? null;
      assertPriced(spending.budgetUsd, model, options.prices);
      const meter =
        credential === null || spending.budgetUsd === null ? null : createCallMeter(spending, options.prices);
      const gateway = credential && (await openGateway(env, credentials, token, meter));
      const wholeRun = gateway === null ? await spending.admit(null, request.signal) : null;
      let costUsd: number | null = null;
      try {
        const run = await driveAgent({
          request,
          command,
          conversation,
          model,
          maxBudgetUsd: gateway === null ? spending.remainingUsd() : null,
          access: gateway && credential && { socketPath: gateway.socketPath, token, kind: credential.kind },
          redactor,
          lingerMs: options.lingerMs ?? LINGER_MS,
          maxRetries: options.maxRetries ?? MAX_RETRIES,
        });
        const { result, resultEvents } = run.facts;
        const total = result === null ? NO_USAGE : totalUsage(result);
        // An agent that was stopped tells nothing, and it does not know the person's prices.
        const usage = meter?.total() ?? usageSince(before?.used ?? NO_USAGE, total);
        costUsd = usage.cost_usd;
        const outcome = judgeOutcome({
          command: run.command,
          resultEvents,
          result,
          budget: { spending, stopped: meter?.stopped ?? null, isCostKnown: costUsd !== null },
        });
        const wantsAnswer = request.output !== null;
        conversations.delete(key);
        if (wantsAnswer && !outcome.isError) {
          const { stateDir, workspace } = request;
          conversations.set(key, { id: conversation.id, stateDir, path: workspace.path, used: total });
          forgetOldest(conversations);
        }
        return toRunResult({ run, outcome, usage, wantsAnswer, redactor });
      } finally {
        wholeRun?.settle(costUsd);
        await gateway?.close();
      }
    },
  };
}

/** An alias (`sonnet`) tells its price only with the first answer. @throws RunnerError E517 */
function assertPriced(budgetUsd: number | null, model: string | null, prices: UserConfig["prices"]): void {
  if (budgetUsd === null || model === null || !/\d/.test(model)) return;
  if (priceOf(model, prices) === null) throw new RunnerError("E517", { what: model });
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
  meter: CallMeter | null,
): Promise<Gateway> {
  return await startGateway({
    upstream: upstreamOf(env).url,
    token,
    allowed: MODEL_REQUESTS,
    meter,
    credential: async () => {
      const fresh = await credentials.fresh();
      if (fresh === null) throw new RunnerError("E503", { provider: "claude-code" });
      return { via: fresh.kind === "api_key" ? "x-api-key" : "bearer", secret: fresh.secret };
    },
  });
}
