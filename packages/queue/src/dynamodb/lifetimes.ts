const DAY_S = 86_400;

/** Days after which DynamoDB may remove what is of no more use; nothing that is open or unfinished ever has a lifetime. */
const DAYS = { finished: 30, idempotencyKey: 7, worker: 1 } as const;

/** @returns the value of the attribute `ttl`: seconds since 1970 */
export function expiry(what: keyof typeof DAYS, now: Date): number {
  return Math.floor(now.getTime() / 1000) + DAYS[what] * DAY_S;
}

export const WORKER_SEEN_MS = DAYS.worker * DAY_S * 1000;
