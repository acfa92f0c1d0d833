/** Why a run was stopped from outside; the abort signal's `reason`. */
export type StopReason = "interrupted" | "cancelled";

export class StopRequest extends Error {
  override readonly name = "StopRequest";
  readonly reason: StopReason;

  constructor(reason: StopReason) {
    super(`stopped: ${reason}`);
    this.reason = reason;
  }
}
