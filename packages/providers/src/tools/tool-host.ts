/**
 * The tools of our own agent, as its loop sees them. They run in a process of their own inside the isolation of the run;
 * the loop, which has the key, stays outside.
 *
 * Invariants:
 * H1 nothing that a tool does happens in this process;
 * H2 a file tool reads and writes regular files of the workspace alone: a path that leads out of it, through `..`, a symlink
 *    or a device, is refused and counts as a denial;
 * H3 a call never rejects for what the tool did: that is an outcome, which the model is shown;
 * H4 what a model is shown is capped, head and tail, and says how much was left out;
 * H5 when `end` has resolved, nothing that the tools started is alive.
 */
import type { CommandResult } from "@pm/core";

export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: Record<string, unknown>;
  /** Calls of tools that change nothing may run side by side. */
  readonly changes: boolean;
}

export interface ToolCall {
  readonly name: string;
  /** As the model gave it: not yet checked. */
  readonly input: unknown;
}

export interface ToolOutcome {
  /** What the model is shown; not redacted. */
  readonly text: string;
  readonly isError: boolean;
  /** What was refused, for people: `write(/etc/passwd)`; null where nothing was. */
  readonly denied: string | null;
}

export interface ToolHost {
  /** Those of the run's access: reading ones alone, or all. */
  readonly definitions: readonly ToolDefinition[];
  /** @throws what `signal` was aborted with; Error where the host is no more (its end says why) */
  call(call: ToolCall, signal: AbortSignal): Promise<ToolOutcome>;
  /** Resolves when its process is gone, whatever ended it: `end`, a limit, an abort. */
  readonly ended: Promise<CommandResult>;
  /** Ends it and all that its tools started. */
  end(): Promise<CommandResult>;
}
