/**
 * Checks an exported file from its bytes alone: its form, its seal, and then the evidence in it just as that of a session
 * folder.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { RunnerError } from "../errors/runner-error.ts";
import { wrapFsError } from "../errors/wrap-fs-error.ts";
import { parseJournal } from "../evidence/read-journal.ts";
import { JOURNAL_FILE } from "../evidence/session-files.ts";
import { verifySession } from "../evidence/verify.ts";
import type { DeriveOutcome } from "../evidence/verify-outcomes.ts";
import type { VerifyReport } from "../evidence/verify-report.ts";
import { SESSION_ID_PATTERN } from "../project/layout.ts";
import type { AttestationTrust } from "./check-attestation.ts";
import { openEnvelope } from "./dsse.ts";
import { blobDigests } from "./evidence-root.ts";
import { EVIDENCE_FOLDER, exportNames, PUBLIC_KEY_FILE, SEAL_FILE } from "./export-names.ts";
import { keyIdOf, parsePublicKey, publicKeyPem } from "./public-key.ts";
import { exportStatement } from "./seal.ts";
import { readTar, type TarMember } from "./tar.ts";

/**
 * @param trust the key that a person trusts; where it is another one than the file's, and not demanded, the file is checked
 *   with its own, and a note says so.
 * @throws RunnerError E104, E109, E119 where there is no room to unpack it.
 */
export function verifyExport(
  file: Buffer,
  options: { readonly deriveOutcome: DeriveOutcome; readonly trust: AttestationTrust },
): VerifyReport {
  const tar = readTar(file);
  if (tar === null) return refused("", "it", "is no export as pm writes it");
  const { folder, members } = tar;
  if (!SESSION_ID_PATTERN.test(folder)) return refused("", folder, "is no session");
  const content = new Map(members.map((member) => [member.name, member.content]));
  const journal = parseJournal(content.get(`${EVIDENCE_FOLDER}${JOURNAL_FILE}`) ?? Buffer.alloc(0));
  if (journal.problem || journal.torn || journal.lines.length === 0)
    return refused(
      folder,
      `${JOURNAL_FILE}:${journal.problem?.line ?? journal.lines.length + 1}`,
      "is damaged",
    );
  const reported = journal.lines.some(({ event }) => event.type === "report.written");
  const names = exportNames(reported, blobDigests(journal.lines));
  const odd = names.findIndex((name, index) => members[index]?.name !== name);
  if (odd !== -1) return refused(folder, names[odd] ?? "", "is missing, or not in its place");
  const foreign = members[names.length];
  if (foreign) return refused(folder, foreign.name, "is nothing that an export holds");
  const pem = content.get(PUBLIC_KEY_FILE)?.toString("utf8") ?? "";
  const key = parsePublicKey(pem);
  if (key === null || publicKeyPem(key) !== pem)
    return refused(folder, PUBLIC_KEY_FILE, "is no Ed25519 public key");
  const { trust } = options;
  const trustedId = trust.keyId ?? (trust.key && keyIdOf(trust.key));
  const trusted = trustedId === keyIdOf(key);
  if (trust.demanded && !trusted)
    return refused(folder, PUBLIC_KEY_FILE, "is not the key that was asked for");
  const sealed = sealProblem(folder, members, keyIdOf(key), (envelope) => envelope.isSignedBy(key));
  if (sealed) return refused(folder, SEAL_FILE, sealed);
  const report = unpacked(folder, members, (dir) =>
    // An export is of one state: nothing but a signature over exactly that one will do.
    verifySession(dir, { deriveOutcome: options.deriveOutcome, trust: { key, demanded: true } }),
  );
  if (trusted) return report;
  const note = `It is signed by the key ${keyIdOf(key)}, which is in the file itself: compare that with what its owner told you, or check it with --key`;
  return { ...report, notes: [...report.notes, note] };
}

function sealProblem(
  folder: string,
  members: readonly TarMember[],
  keyId: string,
  isSigned: (envelope: NonNullable<ReturnType<typeof openEnvelope>>) => boolean,
): string | null {
  const seal = members.at(-1);
  const envelope = seal ? openEnvelope(seal.content) : null;
  if (envelope === null) return "is no envelope as pm writes it";
  if (envelope.keyId !== keyId) return `is of the key ${envelope.keyId}`;
  const statement = exportStatement(folder, members.slice(0, -1), keyId);
  if (!envelope.payload.equals(Buffer.from(statement))) return "does not fit what is in the file";
  return isSigned(envelope) ? null : "has a signature that its key did not make";
}

function unpacked<T>(folder: string, members: readonly TarMember[], look: (dir: string) => T): T {
  const scratch = scratchFolder();
  try {
    const dir = join(scratch, folder);
    for (const { name, content } of members) {
      if (!name.startsWith(EVIDENCE_FOLDER)) continue;
      place(join(dir, name.slice(EVIDENCE_FOLDER.length)), content);
    }
    return look(dir);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function scratchFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), "pm-verify-"));
  } catch (error) {
    throw wrapFsError(error, tmpdir(), "write");
  }
}

function place(path: string, content: Buffer): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, content, { mode: 0o600, flag: "wx" });
  } catch (error) {
    throw wrapFsError(error, path, "write");
  }
}

function refused(sessionId: string, where: string, reason: string): VerifyReport {
  const error = new RunnerError("E313", { path: where, reason, session: sessionId || "<session-id>" });
  return {
    session_id: sessionId,
    ok: false,
    overall_status: "INVALID",
    lines: 0,
    files: 0,
    bytes: 0,
    problems: [{ code: error.code, where, message: error.message }],
    notes: [],
    attestation: null,
  };
}
