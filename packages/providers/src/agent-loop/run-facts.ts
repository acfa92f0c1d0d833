import type { ErrorCode } from "@pm/core";

/** How a run ended, as far as it is not the process of its tools that says so. */
export interface RunEnd {
  readonly isError: boolean;
  /** The provider's own word, for people. */
  readonly outcome: string;
  readonly code: ErrorCode | null;
  readonly message: string | null;
}

export const SUCCESS: RunEnd = { isError: false, outcome: "success", code: null, message: null };

/** What a run's turns leave behind beside their end. */
export interface RunFacts {
  toolCalls: number;
  denials: string[];
  /** As the API names it. */
  model: string | null;
  lastText: string;
  /** What the answer tool was given, else what a text said that is nothing but an answer. */
  structured: Record<string, unknown> | undefined;
  outputBytes: number;
}

export function blankFacts(): RunFacts {
  return { toolCalls: 0, denials: [], model: null, lastText: "", structured: undefined, outputBytes: 0 };
}
