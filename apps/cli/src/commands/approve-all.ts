import { type ApprovalView, type Engine, type ExecutionResult, isRunnerError } from "@pm/core";

export interface ApprovalOutcome {
  /** After the last approval; null where none was given. */
  readonly result: ExecutionResult | null;
  /** False where the person said no. */
  readonly agreed: boolean;
}

/**
 * Approves one view after another until nothing is left or `decide` says no. Each approval carries the digest of what
 * `decide` was shown.
 * @throws E207 where there was nothing to approve at all, E208 where it changed since it was shown
 */
export async function approveAll(
  engine: Engine,
  sessionId: string,
  decide: (view: ApprovalView) => Promise<boolean>,
  note?: string,
): Promise<ApprovalOutcome> {
  const approved = new Set<string>();
  let result: ExecutionResult | null = null;
  for (;;) {
    let view: ApprovalView;
    try {
      view = await engine.approvalView(sessionId);
    } catch (error) {
      if (result !== null && isRunnerError(error, "E207")) return { result, agreed: true };
      throw error;
    }
    if (approved.has(view.digest)) return { result, agreed: true };
    if (!(await decide(view))) return { result, agreed: false };
    result = await engine.approve({
      sessionId,
      digest: view.digest,
      ...(note === undefined ? {} : { note }),
    });
    approved.add(view.digest);
  }
}
