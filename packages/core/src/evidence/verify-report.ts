import type { AttestationCheck } from "../attestation/check-attestation.ts";
import type { Status } from "../lifecycle/status.ts";

export interface VerifyProblem {
  readonly code: string;
  /** `journal.jsonl:12`, `blobs/sha256/ab…`; the first one is where trust ends. */
  readonly where: string;
  readonly message: string;
}

export interface VerifyReport {
  readonly session_id: string;
  readonly ok: boolean;
  /** As derived from the files; INVALID where they have a problem. */
  readonly overall_status: Status;
  readonly lines: number;
  readonly files: number;
  readonly bytes: number;
  readonly problems: readonly VerifyProblem[];
  /** What is true but harmless: a projection that a crash left behind, a torn last line. */
  readonly notes: readonly string[];
  /** Null where the journal is damaged: then there is nothing to compare it with. */
  readonly attestation: AttestationCheck | null;
}
