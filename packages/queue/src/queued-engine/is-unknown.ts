import { isRunnerError } from "@pm/core";

/** @returns whether the engine said that an id names no session that it knows (E203), or can't name one (E202). */
export const isUnknown = (error: unknown): boolean =>
  isRunnerError(error, "E203") || isRunnerError(error, "E202");
