import type { KeyObject } from "node:crypto";
import * as z from "zod";
import { RunnerError } from "../errors/runner-error.ts";
import type { JournalReading } from "../evidence/read-journal.ts";
import { ATTESTATION_FILE } from "../evidence/session-files.ts";
import { openEnvelope } from "./dsse.ts";
import { keyIdOf } from "./public-key.ts";
import { sessionStatement } from "./statement.ts";

/** What an attestation says, as far as it can be known here. */
export interface AttestationCheck {
  /** `unknown_key`: it fits the journal, but whose signature it bears can't be told. `earlier`: of an earlier state. */
  readonly state: "verified" | "earlier" | "unknown_key" | "none" | "false";
  readonly key_id: string | null;
  /** Line of the journal up to which it goes. */
  readonly seq: number | null;
}

export interface AttestationResult {
  readonly check: AttestationCheck;
  readonly problem: RunnerError | null;
  readonly note: string | null;
}

export interface AttestationTrust {
  readonly key: KeyObject | null;
  /** Names the key where only its id is known; an export holds the key itself. */
  readonly keyId?: string;
  /** The person named the key: then all but a signature of it over the present state is a problem. */
  readonly demanded: boolean;
}

const claimSchema = z.object({
  predicate: z.object({
    key_id: z.string(),
    journal: z.object({ seq: z.number().int().positive(), hash: z.string() }),
  }),
});

/**
 * Compares an attestation with the journal that it claims to be of. Pure.
 * @param journal without a problem. @param file its bytes, null where there is none.
 */
export function checkAttestation(
  file: Buffer | null,
  journal: JournalReading,
  { key, demanded }: AttestationTrust,
): AttestationResult {
  const nothing: AttestationCheck = { state: "none", key_id: null, seq: null };
  if (file === null) return open(nothing, demanded, "is missing", "There is no attestation");
  const envelope = openEnvelope(file);
  if (envelope === null) return wrong(nothing, "is no envelope as pm writes it");
  const claim = claimOf(envelope.payload);
  if (claim === null) return wrong(nothing, "holds no statement as pm writes it");
  const { seq, hash } = claim.predicate.journal;
  const keyId = envelope.keyId;
  const found: AttestationCheck = { state: "verified", key_id: keyId, seq };
  if (claim.predicate.key_id !== keyId) return wrong(found, "names one key and says another");
  if (journal.hashes[seq - 1] !== hash)
    return wrong(found, `is of a journal whose line ${seq} was another one`);
  const statement = sessionStatement(journal.lines.slice(0, seq), { seq, hash }, keyId);
  if (!envelope.payload.equals(Buffer.from(statement))) return wrong(found, "says what the journal does not");
  if (key === null || keyIdOf(key) !== keyId) {
    const other: AttestationCheck = { ...found, state: "unknown_key" };
    const note = `The attestation bears the signature of the key ${keyId}, which is not this home's: check it with --key`;
    return open(other, demanded, `is of the key ${keyId}`, note);
  }
  if (!envelope.isSignedBy(key)) return wrong(found, "has a signature that its key did not make");
  if (seq === journal.head.seq) return { check: found, problem: null, note: null };
  return open(
    { ...found, state: "earlier" },
    demanded,
    `is of line ${seq} of ${journal.head.seq}`,
    `The attestation is of an earlier state: line ${seq} of ${journal.head.seq}`,
  );
}

function claimOf(payload: Buffer): z.infer<typeof claimSchema> | null {
  try {
    return claimSchema.parse(JSON.parse(payload.toString("utf8")));
  } catch {
    return null;
  }
}

const problemOf = (reason: string) => new RunnerError("E312", { path: ATTESTATION_FILE, reason });

const wrong = (check: AttestationCheck, reason: string): AttestationResult => ({
  check: { ...check, state: "false" },
  problem: problemOf(reason),
  note: null,
});

const open = (check: AttestationCheck, demanded: boolean, reason: string, note: string): AttestationResult =>
  demanded ? { check, problem: problemOf(reason), note: null } : { check, problem: null, note };
