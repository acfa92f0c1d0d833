import type { AgentRunRequest } from "@pm/core";
import type { Credential } from "./credentials.ts";

/** What a shell command or a request is given less than the run, so that the agent hears of it before we stop it. */
const HEAD_START_SECONDS = 10;

/** What an agent process is given beside the isolation's own environment; no key is among it. */
export function claudeEnvironment(request: AgentRunRequest, maxRetries: number): Record<string, string> {
  const patience = Math.max(1, request.limits.idleSeconds - HEAD_START_SECONDS) * 1000;
  return {
    PM_SESSION_ID: request.sessionId,
    PM_TASK_ID: request.taskId,
    PM_PHASE: request.phase,
    PM_RUN_ID: request.runId,
    ...(request.subtaskId === null ? {} : { PM_SUBTASK_ID: request.subtaskId }),
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
    CLAUDE_CODE_DISABLE_BACKGROUND_TASKS: "1",
    DISABLE_AUTOUPDATER: "1",
    DISABLE_TELEMETRY: "1",
    DISABLE_ERROR_REPORTING: "1",
    CLAUDE_CODE_MAX_RETRIES: String(maxRetries),
    API_TIMEOUT_MS: String(patience),
    BASH_DEFAULT_TIMEOUT_MS: String(patience),
    BASH_MAX_TIMEOUT_MS: String(patience),
    IS_SANDBOX: "1",
  };
}

/** Where the agent finds the gateway, and the token by which the gateway knows it, in the form of the real key. */
export function gatewayEnvironment(
  url: string,
  token: string,
  kind: Credential["kind"],
): Record<string, string> {
  const names = {
    api_key: "ANTHROPIC_API_KEY",
    bearer: "ANTHROPIC_AUTH_TOKEN",
    oauth: "CLAUDE_CODE_OAUTH_TOKEN",
  };
  return { ANTHROPIC_BASE_URL: url, [names[kind]]: token };
}
