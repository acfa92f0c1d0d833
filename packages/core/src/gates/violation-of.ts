import { ERROR_CODES, type ErrorCode, fillTemplate } from "../errors/codes.ts";
import type { ErrorData } from "../errors/runner-error.ts";
import type { Phase } from "../lifecycle/phases.ts";
import type { Violation } from "../lifecycle/violation.ts";

export interface ViolationDetails {
  /** What a person's approval would do; null (the default): nobody can approve it. */
  readonly approval?: Violation["approval"];
  /** Where the lifecycle starts again, for `rerun`. */
  readonly rerunFrom?: Phase | null;
  readonly paths?: readonly string[];
  readonly taskId?: string | null;
}

/**
 * A violation with message and hint from the registry. `data` fills them; `data.session` is the session's id, which
 * hints name.
 */
export function violationOf(
  code: ErrorCode,
  gate: string,
  status: Violation["status"],
  data: ErrorData,
  { approval = null, rerunFrom = null, paths = [], taskId = null }: ViolationDetails = {},
): Violation {
  const spec = ERROR_CODES[code];
  return {
    code,
    gate,
    status,
    message: fillTemplate(spec.message, data),
    hint: fillTemplate(spec.hint, data),
    task_id: taskId,
    paths: [...paths],
    approval,
    rerun_from: approval === "rerun" ? rerunFrom : null,
  };
}
