import { spec } from "./error-spec.ts";

/** E4xx: locks and semaphores. */
export const LOCK_CODES = {
  E401: spec(
    "Session in use",
    "{id} is held by pid {pid}, started {started}.",
    "Wait for it, or stop it: pm cancel {id}",
    409,
    1,
    true,
  ),
  E402: spec(
    "Deadlock",
    "No progress for {seconds} s while waiting for {what}.",
    "See what holds it: {holder}",
    409,
    1,
    true,
  ),
} as const;
