import { spec } from "./error-spec.ts";

/** E3xx: evidence. */
export const EVIDENCE_CODES = {
  E301: spec(
    "Evidence missing",
    "{path} is missing.",
    "This session can't be trusted; start a new one.",
    409,
  ),
  E302: spec(
    "Journal damaged",
    "{path}:{line} {reason}.",
    "This session can't be trusted; start a new one.",
    409,
  ),
  E303: spec(
    "Evidence altered",
    "{path} does not match its digest.",
    "This session can't be trusted; start a new one.",
    409,
  ),
  E304: spec(
    "Projection altered",
    "{path}:{line} differs from what the journal says.",
    "This session can't be trusted; start a new one.",
    409,
  ),
  E305: spec(
    "Status not derivable",
    "{path} says {stored}, the evidence says {derived}.",
    "This session can't be trusted; start a new one.",
    409,
  ),
  E306: spec(
    "Escape from the workspace",
    "{reason}",
    "Look at what ran: pm logs {session}; don't trust its result.",
    422,
  ),
  E307: spec(
    "Evidence not writable",
    "{path} could not be written durably: {reason}.",
    "Free space or fix the disk, then: pm continue {session}",
    507,
  ),
  E308: spec(
    "Store damaged",
    "The snapshot store {path} can't be read: {reason}.",
    "Move {path} away; sessions still open can't be continued.",
    409,
  ),
  E309: spec(
    "Foreign file in the evidence",
    "{path} is not evidence that the journal names.",
    "Move it out of the session folder, then: pm verify {session}",
    409,
  ),
  E310: spec(
    "Evidence not whole",
    "{session} can't be built upon: {code} {reason}",
    "See: pm verify {session}; then start a new session.",
    409,
  ),
  E311: spec(
    "Attestation key refused",
    "{path} can't be used to attest: {reason}.",
    "Make it yours alone (folder 0700, file 0600), or move it away: a new key is made.",
  ),
  E312: spec(
    "Attestation false",
    "{path} {reason}.",
    "This session can't be trusted as attested; ask for its evidence anew.",
    409,
  ),
  E313: spec(
    "Export not whole",
    "{path} {reason}.",
    "This file can't be trusted; ask for another one: pm export {session}",
    409,
  ),
} as const;
