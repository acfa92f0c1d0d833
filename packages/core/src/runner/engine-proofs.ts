/** The engine's calls that check evidence, or hand it on, for whoever wants to check it. Nothing is kept between calls. */
import { readFile } from "node:fs/promises";
import type { AttestationTrust } from "../attestation/check-attestation.ts";
import { parsePublicKey } from "../attestation/public-key.ts";
import { loadPublicKey, loadSigningKey } from "../attestation/signing-key.ts";
import { verifyExport } from "../attestation/verify-export.ts";
import { RunnerError } from "../errors/runner-error.ts";
import { verifySession } from "../evidence/verify.ts";
import { fsError } from "../project/fs-error.ts";
import { assertHomeApart } from "../project/home-apart.ts";
import { sessionLayout } from "../project/layout.ts";
import { deriveTaskOutcome } from "./derive-task-outcome.ts";
import type { Engine } from "./engine.ts";
import { exportSession } from "./export-session.ts";
import { assertNotHeld } from "./session-holder.ts";
import type { SessionIndex } from "./session-index.ts";

export type EngineProofs = Pick<Engine, "verify" | "verifyExport" | "exportSession">;

/** @param home as `pmHome` gives it. */
export function createEngineProofs(home: string, index: SessionIndex): EngineProofs {
  async function trustOf(keyFile: string | undefined): Promise<AttestationTrust> {
    if (keyFile === undefined) return { key: await loadPublicKey(home), demanded: false };
    const key = parsePublicKey((await contentOf(keyFile)).toString("utf8"));
    if (key === null)
      throw new RunnerError("E116", { path: keyFile, reason: "it is no Ed25519 public key in PEM" });
    return { key, demanded: true };
  }

  return {
    async verify(sessionId, { keyFile } = {}) {
      const { dir } = sessionLayout(index.find(sessionId), sessionId);
      return verifySession(dir, { deriveOutcome: deriveTaskOutcome, trust: await trustOf(keyFile) });
    },

    async verifyExport(path, { keyFile } = {}) {
      const trust = await trustOf(keyFile);
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
