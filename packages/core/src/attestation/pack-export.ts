import type { BlobRef } from "../evidence/blob-ref.ts";
import { blobPath } from "../evidence/blobs.ts";
import { projectSession } from "../evidence/projections.ts";
import type { JournalReading } from "../evidence/read-journal.ts";
import {
  ATTESTATION_FILE,
  INDEX_FILE,
  JOURNAL_FILE,
  REPORT_JSON_FILE,
  REPORT_MARKDOWN_FILE,
  RUNS_FILE,
  SESSION_FILE,
} from "../evidence/session-files.ts";
import { sealEnvelope } from "./dsse.ts";
import { blobDigests } from "./evidence-root.ts";
import {
  BADGE_FILE,
  EVIDENCE_FOLDER,
  exportNames,
  PUBLIC_KEY_FILE,
  README_FILE,
  REPORT_PAGE_FILE,
  SEAL_FILE,
} from "./export-names.ts";
import { publicKeyPem } from "./public-key.ts";
import { exportReadme } from "./readme.ts";
import { exportStatement } from "./seal.ts";
import type { SigningKey } from "./signing-key.ts";
import { sessionStatement } from "./statement.ts";
import { writeTar } from "./tar.ts";

export interface ExportParts {
  readonly sessionId: string;
  readonly journal: JournalReading;
  /** Its whole lines. */
  readonly journalBytes: Buffer;
  readonly key: SigningKey;
  readonly page: string;
  readonly badge: string;
  /** The bytes of a blob's file. */
  stored(sha256: string): Buffer;
  /** Its content. */
  content(ref: BlobRef): Buffer;
}

/**
 * Puts an export together; the same evidence, pages and key give the same bytes. What is made from the journal is made anew,
 * so that it is of the journal's present state, whatever a crash left in the session folder; blobs that no line names stay out.
 */
export function packExport(parts: ExportParts): Buffer {
  const { sessionId, journal, key } = parts;
  const { lines, head } = journal;
  const made = projectSession(lines, head);
  const last = lines.findLast(({ event }) => event.type === "report.written")?.event;
  const report = last?.type === "report.written" ? last : null;
  const digests = blobDigests(lines);
  const evidence: Record<string, string | Buffer> = {
    [JOURNAL_FILE]: parts.journalBytes,
    [SESSION_FILE]: made.sessionJson,
    [RUNS_FILE]: made.executorRunsJsonl,
    [INDEX_FILE]: made.evidenceIndexJson,
    ...(report && {
      [REPORT_MARKDOWN_FILE]: parts.content(report.markdown),
      [REPORT_JSON_FILE]: parts.content(report.json),
    }),
    [ATTESTATION_FILE]: sealEnvelope(sessionStatement(lines, head, key.id), key),
    ...Object.fromEntries(digests.map((sha256) => [blobPath({ sha256 }), parts.stored(sha256)])),
  };
  const contents = new Map<string, string | Buffer>([
    [README_FILE, exportReadme(sessionId, key.id)],
    [PUBLIC_KEY_FILE, publicKeyPem(key.public)],
    [REPORT_PAGE_FILE, parts.page],
    [BADGE_FILE, parts.badge],
    ...Object.entries(evidence).map(([name, content]) => [`${EVIDENCE_FOLDER}${name}`, content] as const),
  ]);
  const members = exportNames(report !== null, digests)
    .filter((name) => name !== SEAL_FILE)
    .map((name) => ({ name, content: Buffer.from(contents.get(name) ?? "") }));
  const seal = sealEnvelope(exportStatement(sessionId, members, key.id), key);
  return writeTar(sessionId, [...members, { name: SEAL_FILE, content: Buffer.from(seal) }]);
}
