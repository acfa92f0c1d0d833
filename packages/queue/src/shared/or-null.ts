import { type ErrorCode, isRunnerError } from "@pm/core";

/** @returns the answer, or null where it failed with one of the codes: what is asked for is not there, and may not be. */
export async function orNull<T>(answer: Promise<T>, ...codes: readonly ErrorCode[]): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (codes.some((code) => isRunnerError(error, code))) return null;
    throw error;
  }
}
