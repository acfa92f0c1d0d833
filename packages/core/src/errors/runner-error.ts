import { ERROR_CODES, type ErrorCode, fillTemplate } from "./codes.ts";

export type ErrorData = Readonly<Record<string, unknown>>;

/** An error as every front end shows it: code, what happened, what to do. */
export interface ErrorReport {
  code: ErrorCode;
  title: string;
  message: string;
  hint: string;
  data: ErrorData;
}

/** The only error type that crosses a boundary of ours; foreign errors are wrapped once, at the adapter. */
export class RunnerError extends Error {
  override readonly name = "RunnerError";
  readonly code: ErrorCode;
  readonly data: ErrorData;

  constructor(code: ErrorCode, data: ErrorData = {}, cause?: unknown) {
    super(fillTemplate(ERROR_CODES[code].message, data), cause === undefined ? undefined : { cause });
    this.code = code;
    this.data = data;
  }

  get hint(): string {
    return fillTemplate(ERROR_CODES[this.code].hint, this.data);
  }

  /** @returns the plain object that `--json` and REST answers carry. */
  toReport(): ErrorReport {
    return {
      code: this.code,
      title: ERROR_CODES[this.code].title,
      message: this.message,
      hint: this.hint,
      data: this.data,
    };
  }
}

export function isRunnerError(error: unknown, code?: ErrorCode): error is RunnerError {
  return error instanceof RunnerError && (code === undefined || error.code === code);
}
