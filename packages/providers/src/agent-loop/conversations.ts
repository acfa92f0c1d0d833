import type { AgentRunRequest } from "@pm/core";
import type { Entry } from "./conversation.ts";

export interface Conversations {
  /** What this run goes on with; nothing where it begins anew. */
  before(request: AgentRunRequest): readonly Entry[];
  keep(request: AgentRunRequest, entries: readonly Entry[]): void;
}

/** A re-ask follows at once; so many phases may be under way side by side. */
const MAX_KEPT = 32;

/** Owns what was said in planning phases, so that a re-ask goes on with it. A repeated EXECUTION must begin anew. */
export function createConversations(): Conversations {
  const kept = new Map<string, readonly Entry[]>();
  const keyOf = ({ taskId, phase, subtaskId, stateDir, workspace }: AgentRunRequest) =>
    JSON.stringify([taskId, phase, subtaskId, stateDir, workspace.path]);
  return {
    before(request) {
      if (request.attempt < 2 || request.output === null) return [];
      return kept.get(keyOf(request)) ?? [];
    },
    keep(request, entries) {
      if (request.output === null) return;
      kept.delete(keyOf(request));
      kept.set(keyOf(request), entries);
      const [oldest] = kept.keys();
      if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
    },
  };
}
