/** What an export holds, in this order; `evidence/` is the session folder, and the seal names every other member. */
import { blobPath } from "../evidence/blobs.ts";
import {
  ATTESTATION_FILE,
  INDEX_FILE,
  JOURNAL_FILE,
  REPORT_JSON_FILE,
  REPORT_MARKDOWN_FILE,
  RUNS_FILE,
  SESSION_FILE,
} from "../evidence/session-files.ts";

export const README_FILE = "README.txt";
export const PUBLIC_KEY_FILE = "public-key.pem";
export const REPORT_PAGE_FILE = "report.html";
export const BADGE_FILE = "badge.svg";
export const SEAL_FILE = "seal.dsse.json";
export const EVIDENCE_FOLDER = "evidence/";

/** @param reported whether a report was written. @param digests of the blobs, sorted. */
export function exportNames(reported: boolean, digests: readonly string[]): string[] {
  return [
    README_FILE,
    PUBLIC_KEY_FILE,
    REPORT_PAGE_FILE,
    BADGE_FILE,
    ...[
      JOURNAL_FILE,
      SESSION_FILE,
      RUNS_FILE,
      INDEX_FILE,
      ...(reported ? [REPORT_MARKDOWN_FILE, REPORT_JSON_FILE] : []),
      ATTESTATION_FILE,
      ...digests.map((sha256) => blobPath({ sha256 })),
    ].map((name) => `${EVIDENCE_FOLDER}${name}`),
    SEAL_FILE,
  ];
}
