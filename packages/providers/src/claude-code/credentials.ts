/**
 * Where the key or login for the API comes from.
 *
 * Owns nothing but one refresh under way at a time. Invariants:
 * C1 only the person's environment, config and home folder are asked, never a repository;
 * C2 the order is fixed: ANTHROPIC_API_KEY, ANTHROPIC_AUTH_TOKEN, CLAUDE_CODE_OAUTH_TOKEN, config.json, stored login;
 * C3 a stored login is never written by us: an expired one is refreshed by Claude Code itself, outside the isolation.
 */
import { RunnerError } from "@pm/core";
import type { Command } from "./command.ts";
import { probeCommand } from "./probe-command.ts";
import { readStoredLogin, type StoredLogin } from "./stored-login.ts";

export interface Credential {
  /** How it is sent: `x-api-key`, or as a bearer token (which for `oauth` the CLI must know, it asks differently). */
  readonly kind: "api_key" | "bearer" | "oauth";
  readonly secret: string;
  /** For people: `env ANTHROPIC_API_KEY`, `config.json`, `stored login`. */
  readonly source: string;
}

export interface CredentialSource {
  /** Without network. @returns null where there is none. @throws RunnerError E504 expired beyond refresh. */
  find(): Promise<Credential | null>;
  /** The same, refreshed where it has expired. @throws RunnerError E504. */
  fresh(): Promise<Credential | null>;
}

export interface CredentialSourceOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly configKey?: string | undefined;
  readonly homeDir: string;
  readonly command: Command;
  readonly now: () => number;
}

const EXPIRY_MARGIN_MS = 60_000;
const REFRESH_TIMEOUT_MS = 60_000;
const REFRESH_ARGS = [
  "-p",
  "--model",
  "haiku",
  "--tools",
  "",
  "--setting-sources",
  "",
  "--strict-mcp-config",
];

export function createCredentialSource(options: CredentialSourceOptions): CredentialSource {
  let refreshing: Promise<unknown> | undefined;
  const stored = () => readStoredLogin(options.homeDir, options.env);
  const expired = (login: StoredLogin) =>
    login.expiresAt !== null && login.expiresAt - EXPIRY_MARGIN_MS < options.now();

  const refresh = async () => {
    refreshing ??= probeCommand({
      command: options.command,
      args: REFRESH_ARGS,
      env: options.env,
      homeDir: options.homeDir,
      timeoutMs: REFRESH_TIMEOUT_MS,
      stdin: "Answer with the word OK.",
    }).finally(() => {
      refreshing = undefined;
    });
    await refreshing;
  };

  return {
    async find() {
      const given = givenCredential(options);
      if (given !== null) return given;
      const login = await stored();
      if (login === null) return null;
      if (expired(login) && !login.refreshable) throw expiredError();
      return { kind: login.kind, secret: login.secret, source: "stored login" };
    },
    async fresh() {
      const given = givenCredential(options);
      if (given !== null) return given;
      let login = await stored();
      if (login !== null && expired(login)) {
        await refresh();
        login = await stored();
        if (login === null || expired(login)) throw expiredError();
      }
      return login && { kind: login.kind, secret: login.secret, source: "stored login" };
    },
  };
}

function givenCredential({ env, configKey }: CredentialSourceOptions): Credential | null {
  const named = [
    ["api_key", env.ANTHROPIC_API_KEY, "env ANTHROPIC_API_KEY"],
    ["bearer", env.ANTHROPIC_AUTH_TOKEN, "env ANTHROPIC_AUTH_TOKEN"],
    ["oauth", env.CLAUDE_CODE_OAUTH_TOKEN, "env CLAUDE_CODE_OAUTH_TOKEN"],
    ["api_key", configKey, "config.json"],
  ] as const;
  for (const [kind, value, source] of named) {
    const secret = value?.trim();
    if (secret) return { kind, secret, source };
  }
  return null;
}

function expiredError(): RunnerError {
  return new RunnerError("E504", { provider: "claude-code", reason: "the stored login has expired" });
}
