/** Time and ids come in from outside, so that a whole run can be replayed under a virtual clock and a seed. */
export interface Clock {
  /** Wall time, for records. */
  now(): Date;
  /** Milliseconds that never go backwards, for durations. */
  monotonic(): number;
}

export interface Ids {
  /** `session-…`, matching `^session-[a-z0-9]{1,40}$`, ordered by time. */
  session(): string;
  /** An id of a run or a request: lower-case letters and digits. */
  short(): string;
}
