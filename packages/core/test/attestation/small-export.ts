import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadSigningKey, type SigningKey } from "../../src/attestation/signing-key.ts";
import { createRedactor } from "../../src/evidence/redactor.ts";
import { openSessionEvidence } from "../../src/evidence/session-evidence.ts";
import { exportSession } from "../../src/runner/export-session.ts";
import { buildSmallSession, SESSION_ID } from "../evidence/build-session.ts";

export interface SmallExport {
  readonly root: string;
  /** The session folder. */
  readonly dir: string;
  readonly key: SigningKey;
  readonly file: Buffer;
  remove(): void;
}

/** A small session that ended, its home with a key, and its export. */
export async function makeSmallExport({ compress = false } = {}): Promise<SmallExport> {
  const root = mkdtempSync(join(tmpdir(), "pm-export-"));
  const dir = join(root, ".pm", "sessions", SESSION_ID);
  const evidence = openSessionEvidence(dir, {
    now: () => new Date("2026-01-02T03:04:05.678Z"),
    compress,
    redactor: createRedactor([], []),
  });
  buildSmallSession(evidence);
  evidence.close();
  const key = await loadSigningKey(join(root, "home"));
  const { file } = exportSession(SESSION_ID, dir, key);
  return { root, dir, key, file, remove: () => rmSync(root, { recursive: true, force: true }) };
}
