/**
 * Drives any agent that speaks the Agent Client Protocol.
 *
 * Owns nothing between two runs: each is a process and a session of its own. Talks to the isolation through `request.exec` and,
 * where the person named an endpoint, to that one API through a gateway. Invariants:
 * G1 command, endpoint and key come from the person's config.json and environment, never from the project;
 * G2 the key never enters the isolation: the agent holds a token that is worth nothing after its run;
 * G3 a budget is kept at the gateway, call by call; without an endpoint nobody sees the calls, so no run starts (E517).
 */
import { randomBytes } from "node:crypto";
import { type AcpAgent, type Provider, type Redactor, RunnerError, type UserConfig } from "@pm/core";
import { type Command, isExecutable } from "../claude-code/command.ts";
import { createCallMeter } from "../gateway/call-meter.ts";
import { startGateway } from "../gateway/gateway.ts";
import { withSecrets } from "../shared/with-secrets.ts";
import { judgeAcpOutcome } from "./acp-outcome.ts";
import { driveAcpAgent } from "./drive-acp-agent.ts";
import { toRunResult } from "./to-run-result.ts";

export interface AcpProviderOptions {
  /** As the person calls it. */
  readonly name: string;
  /** From `resolveClaudeCommand`, which passes over what is the project's own. */
  readonly command: Command;
  /** `env` of the person's config.json. */
  readonly env: NonNullable<AcpAgent["env"]>;
  /** Null: the agent reaches no network. */
  readonly endpoint: AcpEndpoint | null;
  readonly prices: UserConfig["prices"];
  readonly redactor: Redactor;
  /** Of pm. */
  readonly version?: string | undefined;
  /** How long the agent may live on after its answer. Default 3000. */
  readonly lingerMs?: number;
  /** How long it may take until the agent has opened a session. Default 60000. */
  readonly handshakeMs?: number;
}

export interface AcpEndpoint extends Omit<NonNullable<AcpAgent["endpoint"]>, "key"> {
  /** Null where it is not set. */
  readonly key: { readonly secret: string; readonly source: string } | null;
  /** Variable that would hold the key. */
  readonly variable: string;
}

const LINGER_MS = 3000;
const HANDSHAKE_MS = 60_000;
/** Of Anthropic, OpenAI and Google, whatever stands before it. */
const MODEL_REQUESTS =
  /^(\/[A-Za-z0-9._-]+){0,4}\/(messages|messages\/count_tokens|responses|chat\/completions|models(\/[A-Za-z0-9._:-]{1,128})?)$/;

export function createAcpProvider(options: AcpProviderOptions): Provider {
  const { name, command, endpoint } = options;
  const missingKey = (variable: string) => new RunnerError("E521", { provider: name, variable });

  return {
    name,

    async check() {
      if (!isExecutable(command[0])) throw new RunnerError("E501", { command: command[0] });
      const version = `ACP agent ${command[0]}`;
      if (endpoint === null) {
        return { version, login: "its own, but no endpoint: it can reach no network from the sandbox" };
      }
      if (endpoint.key === null) throw missingKey(endpoint.variable);
      return { version, login: `${endpoint.key.source}, at ${new URL(endpoint.url).host}` };
    },

    async run(request) {
      const { spending } = request;
      if (endpoint !== null && endpoint.key === null) throw missingKey(endpoint.variable);
      if (endpoint === null && spending.budgetUsd !== null)
        throw new RunnerError("E517", { what: `${name}, which has no endpoint,` });
      const token = `pm-run-${randomBytes(24).toString("hex")}`;
      const secret = endpoint?.key?.secret ?? null;
      const redactor = withSecrets(options.redactor, secret === null ? [token] : [token, secret]);
      const meter = createCallMeter(spending, options.prices);
      const gateway =
        endpoint === null || secret === null
          ? null
          : await startGateway({
              upstream: new URL(endpoint.url),
              token,
              allowed: MODEL_REQUESTS,
              meter,
              credential: async () => ({ via: "as sent", secret }),
            });
      try {
        const run = await driveAcpAgent({
          request,
          provider: name,
          command,
          env: options.env,
          endpoint:
            gateway && endpoint
              ? {
                  socketPath: gateway.socketPath,
                  env: (url) => ({
                    [endpoint.url_env]: url + (endpoint.path ?? ""),
                    [endpoint.key_env]: token,
                  }),
                }
              : null,
          redactor,
          lingerMs: options.lingerMs ?? LINGER_MS,
          handshakeMs: options.handshakeMs ?? HANDSHAKE_MS,
          clientVersion: options.version ?? "0",
        });
        const outcome = judgeAcpOutcome({
          run,
          name: command.join(" "),
          provider: name,
          stopped: meter.stopped,
          apiStatus: meter.refusedWith,
          redactor,
        });
        const metered = gateway === null ? null : { usage: meter.total(), model: meter.model };
        return toRunResult({ run, outcome, metered, wantsAnswer: request.output !== null, redactor });
      } finally {
        await gateway?.close();
      }
    },
  };
}
