import type { Fault, ProxiedRequest } from "./fault-proxy.ts";

const FAULTS: readonly Fault[] = ["throttle", "fail", "drop before", "drop after"];

/**
 * Trouble for a share of all requests. The index of states lags only for those who look for something to claim, since only
 * there the port allows for it: what a person lists would be right a moment later.
 */
export function randomFault(share: number) {
  return ({ operation, index, body }: ProxiedRequest): Fault | undefined => {
    if (Math.random() >= share) return undefined;
    const claims = index === "byState" && (body.Limit === 25 || body.Limit === 200);
    if (claims && Math.random() < 0.5) return "stale";
    // Numbers may have gaps, but the suite names some tasks by theirs.
    if (operation === "UpdateItem" && JSON.stringify(body.Key).includes('"META"')) return "drop before";
    return FAULTS[Math.floor(Math.random() * FAULTS.length)];
  };
}
