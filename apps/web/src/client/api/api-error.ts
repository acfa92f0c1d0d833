import type { Problem } from "./types.ts";

/** What a request came to, in words for the person: with the server's code and hint where it gave them. */
export class ApiError extends Error {
  /** Null where the server could not be reached. */
  readonly code: string | null;
  /** 0 where the server could not be reached. */
  readonly status: number;
  readonly title: string;
  readonly hint: string;
  readonly fields: NonNullable<Problem["errors"]>;

  constructor(problem: Problem | null, status: number) {
    const unreachable = status === 0;
    super(problem?.detail ?? (unreachable ? "The server did not answer." : `The server answered ${status}.`));
    this.name = "ApiError";
    this.code = problem?.code ?? null;
    this.status = status;
    this.title = problem?.title ?? (unreachable ? "No connection" : "Unexpected answer");
    this.hint = problem?.hint ?? (unreachable ? "Is it running? Start it: pm web" : "Try again");
    this.fields = problem?.errors ?? [];
  }
}

export const isNotFound = (error: unknown): boolean => error instanceof ApiError && error.status === 404;
