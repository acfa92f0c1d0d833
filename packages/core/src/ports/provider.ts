/**
 * The provider port: what runs an agent.
 *
 * A provider reports facts about a run; it never judges it. Gates judge.
 * Invariants:
 * P1 everything an agent executes goes through `request.exec`, so that isolation and limits hold;
 * P2 a run never throws for what an agent or an API did: that is a fact in the record. It throws RunnerError E5xx only
 *    where no run could be started (executable missing, no login, recording unreadable);
 * P3 what is returned holds no secret in clear;
 * P4 where a budget is set, no model call begins that `request.spending` did not admit.
 */
import type { AgentRunRecord } from "../evidence/run-record.ts";
import type { AgentPhase } from "../lifecycle/phases.ts";
import type { CommandResult, CommandSpec } from "../sandbox/types.ts";
import type { Spending } from "./spending.ts";

export interface AgentRunResult {
  readonly record: AgentRunRecord;
  /** The structured answer where `request.output` asked for one and the agent gave it; not yet validated. */
  readonly structured: unknown;
  /** The agent's final words. */
  readonly text: string;
  /** What it printed, redacted, head and tail where long. */
  readonly transcript: string;
}

/** What an agent does, while it does it; for progress only, never evidence. */
export type AgentActivity =
  | { readonly kind: "tool"; readonly name: string; readonly detail: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "retry"; readonly reason: string };

export interface AgentRunRequest {
  readonly sessionId: string;
  readonly taskId: string;
  readonly runId: string;
  readonly phase: AgentPhase;
  readonly subtaskId: string | null;
  /** 1 for the first run of this phase or subtask, 2 for the re-ask, and so on. */
  readonly attempt: number;
  /** The first line is `Phase: <NAME>`. */
  readonly prompt: string;
  /** The person's own words. */
  readonly task: string;
  readonly access: "read" | "write";
  /** Asked for in the planning phases: a JSON Schema for the structured answer. */
  readonly output: { readonly name: string; readonly jsonSchema: Record<string, unknown> } | null;
  readonly model: string | null;
  /** Path of the workspace as the agent sees it, and on the host. */
  readonly workspace: { readonly path: string; readonly hostDir: string };
  /** Host directory kept for this provider during the task (its HOME is there); removed afterwards. */
  readonly stateDir: string;
  readonly limits: { readonly seconds: number; readonly idleSeconds: number };
  /** Asked before every model call (P4). */
  readonly spending: Spending;
  readonly signal: AbortSignal;
  /** Runs a command in the isolation of this run; HOME and the workspace are set up. */
  exec(spec: CommandSpec & { readonly readable?: readonly string[] }): Promise<CommandResult>;
  onActivity(activity: AgentActivity): void;
}

export interface FinishedRun {
  readonly phase: AgentPhase;
  readonly subtaskId: string | null;
  readonly attempt: number;
}

export interface ProviderStatus {
  /** Name and version of the agent, for people and evidence. */
  readonly version: string;
  /** Where the key or login comes from: `env ANTHROPIC_API_KEY`, `stored login`, `none needed`. */
  readonly login: string;
}

export interface ListedModel {
  readonly id: string;
  /** For people; null where there is nothing to say. */
  readonly note: string | null;
}

/** The models that can be chosen, and how fresh that knowledge is. */
export interface ModelList {
  readonly models: readonly ListedModel[];
  /** `api`: asked just now or within a day; `list`: what was known on `asOf`. */
  readonly source: "api" | "list";
  /** ISO date. */
  readonly asOf: string;
}

export interface Provider {
  readonly name: string;
  /** @throws RunnerError E501, E502, E503, E508: what is missing, and the command that mends it. */
  check(): Promise<ProviderStatus>;
  run(request: AgentRunRequest): Promise<AgentRunResult>;
  /** Called after a task's last executor run; a reason given here fails the task (a recording's left-over step, say). */
  endTask?(task: { readonly task: string; readonly runs: readonly FinishedRun[] }): Promise<string | null>;
}
