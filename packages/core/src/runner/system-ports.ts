import { randomBytes } from "node:crypto";
import type { Clock, Ids } from "../ports/clock.ts";

export const systemClock: Clock = { now: () => new Date(), monotonic: () => performance.now() };

/** Session ids sort by time: milliseconds in base 36, then chance. */
export const newSessionId = (): string =>
  `session-${Date.now().toString(36)}${randomBytes(3).toString("hex")}`;

export const systemIds: Ids = {
  session: newSessionId,
  short: () => randomBytes(5).toString("hex"),
};
