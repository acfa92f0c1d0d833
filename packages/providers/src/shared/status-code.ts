import type { ErrorCode } from "@pm/core";

/** @returns the code of a run whose API refused a request with this HTTP status. */
export function statusCode(status: number): ErrorCode {
  if (status === 401 || status === 403) return "E504";
  if (status === 429) return "E505";
  return status >= 500 ? "E506" : "E511";
}
