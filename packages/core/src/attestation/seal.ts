/** The signature over a whole export: an in-toto Statement whose subjects are all its other members. Pure. */
import { canonicalJson } from "../evidence/canonical-json.ts";
import { sha256 } from "../evidence/read-journal.ts";
import { STATEMENT_TYPE } from "./statement.ts";
import type { TarMember } from "./tar.ts";

export const EXPORT_PREDICATE = "https://pm-orchestrator-runner.dev/export/v1";

/** @param members all but the seal itself, in their order. @returns canonical JSON. */
export function exportStatement(sessionId: string, members: readonly TarMember[], keyId: string): string {
  return canonicalJson({
    _type: STATEMENT_TYPE,
    subject: members.map(({ name, content }) => ({ name, digest: { sha256: sha256(content) } })),
    predicateType: EXPORT_PREDICATE,
    predicate: { session_id: sessionId, key_id: keyId },
  });
}
