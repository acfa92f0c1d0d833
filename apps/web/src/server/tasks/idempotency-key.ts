import type { IncomingMessage } from "node:http";
import { RunnerError } from "@pm/core";

const KEY = /^[\x21-\x7e]{1,200}$/;

/** @returns undefined without the header. @throws RunnerError E468 */
export function idempotencyKeyOf({ headers }: Pick<IncomingMessage, "headers">): string | undefined {
  const key = headers["idempotency-key"];
  if (key === undefined) return undefined;
  if (typeof key === "string" && KEY.test(key)) return key;
  throw new RunnerError("E468", {
    reason: "Idempotency-Key has 1 to 200 printable characters without blanks.",
  });
}
