export { ERROR_CODES, type ErrorCode, type ErrorSpec, fillTemplate } from "./errors/codes.ts";
export { type ErrorData, type ErrorReport, isRunnerError, RunnerError } from "./errors/runner-error.ts";
export { stripControl, stripToLine } from "./text/strip-control.ts";
