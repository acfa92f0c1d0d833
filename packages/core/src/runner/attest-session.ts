import { join } from "node:path";
import { sealEnvelope } from "../attestation/dsse.ts";
import { loadSigningKey } from "../attestation/signing-key.ts";
import { sessionStatement } from "../attestation/statement.ts";
import { isRunnerError } from "../errors/runner-error.ts";
import { writeAtomicFile } from "../evidence/atomic-file.ts";
import { ATTESTATION_FILE } from "../evidence/session-files.ts";
import type { EngineEvent } from "./engine.ts";
import type { OpenSession } from "./open-session.ts";

/**
 * Signs what the journal of a session proves, where all its tasks have ended, and keeps it beside the journal. It is made from
 * the journal alone and is no part of it, so that it can be missing, and made again, without the session losing anything:
 * what stands in the way is told to `onEvent`, and changes no status.
 * @param home as `pmHome` gives it
 */
export async function attestSession(
  session: Pick<OpenSession, "id" | "dir" | "state" | "lines" | "head">,
  home: string,
  onEvent: (event: EngineEvent) => void,
): Promise<void> {
  if (session.state.endedAt === null) return;
  try {
    const key = await loadSigningKey(home);
    const { seq, hash } = session.head();
    const statement = sessionStatement(session.lines(), { seq, hash }, key.id);
    writeAtomicFile(join(session.dir, ATTESTATION_FILE), sealEnvelope(statement, key));
  } catch (error) {
    if (!isRunnerError(error)) throw error;
    const message = `${session.id} is not attested: ${error.code} ${error.message} ${error.hint}`;
    onEvent({ kind: "notice", message });
  }
}
