/** The engine's calls that check evidence, or hand it on, for whoever wants to check it. Nothing is kept between calls. */
import { readFile } from "node:fs/promises";
import type { AttestationTrust } from "../attestation/check-attestation.ts";
import { parsePinnedKey } from "../attestation/pinned-key.ts";
import { keyIdOf } from "../attestation/public-key.ts";
import { loadPublicKey, loadSigningKey } from "../attestation/signing-key.ts";
import { verifyExport } from "../attestation/verify-export.ts";
import { RunnerError } from "../errors/runner-error.ts";
import { verifySession } from "../evidence/verify.ts";
import { fsError } from "../project/fs-error.ts";
import { assertHomeApart } from "../project/home-apart.ts";
import { sessionLayout } from "../project/layout.ts";
import { deriveTaskOutcome } from "./derive-task-outcome.ts";
import type { Engine, KeyPin } from "./engine.ts";
import { exportSession } from "./export-session.ts";
import { assertNotHeld } from "./session-holder.ts";
import type { SessionIndex } from "./session-index.ts";

export type EngineProofs = Pick<Engine, "verify" | "verifyExport" | "exportSession">;

/** @param home as `pmHome` gives it. */
export function createEngineProofs(home: string, index: SessionIndex): EngineProofs {
  async function trustOf({ keyFile, keyId }: KeyPin): Promise<AttestationTrust> {
    if (keyId !== undefined) return { key: null, keyId, demanded: true };
    if (keyFile === undefined) return { key: await loadPublicKey(home), demanded: false };
    const key = parsePinnedKey(await contentOf(keyFile));
    if (key === null)
      throw new RunnerError("E116", { path: keyFile, reason: "it is no Ed25519 public key in PEM" });
    return { key, demanded: true };
  }

  /** A session folder holds no key: an id can only be that of this home's. */
  async function withKeyOfHome(trust: AttestationTrust): Promise<AttestationTrust> {
    const { keyId } = trust;
    if (keyId === undefined) return trust;
    const key = await loadPublicKey(home);
    if (key && keyIdOf(key) === keyId) return { ...trust, key };
    const reason = "it is not this home's key, so its file is needed to check a session with it";
    throw new RunnerError("E116", { path: keyId, reason });
  }

  return {
    async verify(sessionId, pin = {}) {
      const { dir } = sessionLayout(index.find(sessionId), sessionId);
      const trust = await withKeyOfHome(await trustOf(pin));
      return verifySession(dir, { deriveOutcome: deriveTaskOutcome, trust });
    },

    async verifyExport(path, pin = {}) {
      const trust = await trustOf(pin);
      return verifyExport(await contentOf(path), { deriveOutcome: deriveTaskOutcome, trust });
    },

    async exportSession(sessionId) {
      const project = index.find(sessionId);
      assertHomeApart(home, project);
      assertNotHeld(project, sessionId);
      return exportSession(sessionId, sessionLayout(project, sessionId).dir, await loadSigningKey(home));
    },
  };
}

/** @throws RunnerError E116 */
async function contentOf(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new RunnerError(
      "E116",
      { path, reason: fsError(error, path, "read").data.reason ?? "no access" },
      error,
    );
  }
}
