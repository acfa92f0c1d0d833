import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openEnvelope, sealEnvelope } from "../../src/attestation/dsse.ts";
import { loadSigningKey, publicKeyPath } from "../../src/attestation/signing-key.ts";
import { sessionStatement } from "../../src/attestation/statement.ts";
import { readJournal } from "../../src/evidence/read-journal.ts";
import { sessionLayout } from "../../src/project/layout.ts";
import { createEngine } from "../../src/runner/create-engine.ts";
import { type Attested, HONEST_TASK, makeAttested, makeHome } from "./attested-session.ts";

const made: Attested[] = [];
afterEach(() => {
  for (const one of made.splice(0)) one.remove();
});
const make = (...args: Parameters<typeof makeAttested>) => {
  const attested = makeAttested(...args);
  made.push(attested);
  return attested;
};
const fileOf = (of: Attested, id: string) => sessionLayout(of.project, id).attestation;
const statementOf = (of: Attested, id: string) =>
  JSON.parse(openEnvelope(readFileSync(fileOf(of, id)))?.payload.toString("utf8") ?? "null");

describe("a session whose tasks ended", { timeout: 60_000 }, () => {
  let honest: Attested;
  let id: string;
  beforeAll(async () => {
    honest = makeAttested();
    id = (await honest.start()).session_id;
  }, 60_000);
  afterAll(() => honest.remove());
  /** The attestation as it was, whatever a test did to it. */
  async function altered<T>(change: () => void, look: () => Promise<T>): Promise<T> {
    const before = readFileSync(fileOf(honest, id));
    change();
    try {
      return await look();
    } finally {
      writeFileSync(fileOf(honest, id), before);
    }
  }
  const verify = () => honest.engine.verify(id);

  it("has a statement of what its journal proves, signed by the home's key", async () => {
    const key = await loadSigningKey(honest.home);
    const { head } = readJournal(sessionLayout(honest.project, id).journal);
    const statement = statementOf(honest, id);
    expect(statement).toMatchObject({
      _type: "https://in-toto.io/Statement/v1",
      predicate: {
        session_id: id,
        key_id: key.id,
        overall_status: "COMPLETE",
        pm_version: "0.0.0",
        journal: head,
        tasks: [
          {
            status: "COMPLETE",
            isolation: "process",
            gates: { violations: [], waived: [] },
            agents: [{ provider: "scripted" }],
          },
        ],
      },
    });
    expect(statement.subject).toEqual([
      { name: "journal", digest: { sha256: head.hash } },
      { name: "evidence", digest: { sha256: statement.predicate.evidence.root } },
      { name: "result/task-1", digest: { gitTree: statement.predicate.tasks[0].result } },
    ]);
    expect(await verify()).toMatchObject({
      ok: true,
      notes: [],
      attestation: { state: "verified", key_id: key.id, seq: head.seq },
    });
  });

  it("verifies with the public key given, and not with another one", async () => {
    const keyFile = publicKeyPath(honest.home);
    expect(await honest.engine.verify(id, { keyFile })).toMatchObject({ ok: true });
    const { id: keyId } = await loadSigningKey(honest.home);
    expect(await honest.engine.verify(id, { keyId })).toMatchObject({ ok: true });
    const other = makeHome();
    const { id: otherId } = await loadSigningKey(other);
    // The session's folder doesn't hold the key, and nobody can check a signature with an id.
    await expect(honest.engine.verify(id, { keyId: otherId })).rejects.toMatchObject({ code: "E116" });
    expect(await honest.engine.verify(id, { keyFile: publicKeyPath(other) })).toMatchObject({
      ok: false,
      overall_status: "INVALID",
      problems: [{ code: "E312" }],
    });
    rmSync(other, { recursive: true });
    await expect(honest.engine.verify(id, { keyFile: join(honest.home, "none.pem") })).rejects.toMatchObject({
      code: "E116",
    });
    const secret = join(honest.home, "attestation", "ed25519.pem");
    await expect(honest.engine.verify(id, { keyFile: secret })).rejects.toMatchObject({ code: "E116" });
  });

  it("is as whole without an attestation, which is said, but not where a key was asked for", async () => {
    await altered(
      () => rmSync(fileOf(honest, id)),
      async () => {
        const report = await verify();
        expect(report).toMatchObject({
          ok: true,
          overall_status: "COMPLETE",
          attestation: { state: "none" },
        });
        expect(report.notes).toEqual(["There is no attestation"]);
        const asked = await honest.engine.verify(id, { keyFile: publicKeyPath(honest.home) });
        expect(asked.problems).toMatchObject([{ code: "E312" }]);
      },
    );
  });

  it("is INVALID after a change of any byte of its attestation", async () => {
    const whole = readFileSync(fileOf(honest, id));
    for (let at = 0; at < whole.length; at += 41) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      const report = await altered(() => writeFileSync(fileOf(honest, id), bytes), verify);
      expect(report.problems, `byte ${at}`).toMatchObject([{ code: "E312", where: "attestation.dsse.json" }]);
      expect(report.overall_status).toBe("INVALID");
    }
  });

  it("is INVALID with an attestation that says more than the journal, though the key signed it", async () => {
    const key = await loadSigningKey(honest.home);
    const statement = statementOf(honest, id);
    statement.predicate.tasks[0].isolation = "sandbox";
    const lie = sealEnvelope(JSON.stringify(statement), key);
    const report = await altered(() => writeFileSync(fileOf(honest, id), lie), verify);
    expect(report).toMatchObject({
      ok: false,
      attestation: { state: "false" },
      problems: [{ code: "E312" }],
    });
  });

  it("is told to be attested earlier where the journal went on, and INVALID where it was another one", async () => {
    const key = await loadSigningKey(honest.home);
    const { lines, hashes } = readJournal(sessionLayout(honest.project, id).journal);
    const seq = lines.length - 3;
    const write = (hash: string) =>
      writeFileSync(
        fileOf(honest, id),
        sealEnvelope(sessionStatement(lines.slice(0, seq), { seq, hash }, key.id), key),
      );
    const earlier = await altered(() => write(hashes[seq - 1] ?? ""), verify);
    expect(earlier).toMatchObject({ ok: true, attestation: { state: "earlier", seq } });
    expect(earlier.notes).toEqual([`The attestation is of an earlier state: line ${seq} of ${lines.length}`]);
    expect(await altered(() => write("0".repeat(64)), verify)).toMatchObject({ ok: false });
  });

  it("is INVALID where the journal was taken back to before what was attested", async () => {
    const root = mkdtempSync(join(tmpdir(), "pm-rolled-"));
    cpSync(honest.project, root, { recursive: true });
    const { journal, dir } = sessionLayout(root, id);
    const bytes = readFileSync(journal);
    writeFileSync(journal, bytes.subarray(0, bytes.lastIndexOf(0x0a, bytes.length - 2) + 1));
    for (const name of ["session.json", "evidence_index.json"]) rmSync(join(dir, name));
    const report = await verifyIn(root);
    expect(report.problems.map(({ code }) => code)).toContain("E312");
    rmSync(root, { recursive: true, force: true });
  });
  const never = () => {
    throw new Error("no agent is asked");
  };
  const verifyIn = async (root: string) => {
    const home = makeHome();
    cpSync(join(honest.home, "attestation"), join(home, "attestation"), { recursive: true });
    const engine = createEngine({ home, version: "0", cwd: root, providers: never });
    try {
      return await engine.verify(id);
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  };

  it("is only told to be another home's where that key is not here", async () => {
    const home = makeHome();
    const engine = createEngine({ home, version: "0", cwd: honest.project, providers: never });
    const report = await engine.verify(id);
    expect(report).toMatchObject({ ok: true, attestation: { state: "unknown_key" } });
    expect(report.notes.join()).toContain("not this home's");
    rmSync(home, { recursive: true, force: true });
  });
});

describe("attesting", { timeout: 90_000 }, () => {
  it("is done anew when a session went on with another task", async () => {
    const attested = make();
    const { session_id } = await attested.start();
    const first = statementOf(attested, session_id).predicate.journal.seq;
    await attested.engine.continueSession({ sessionId: session_id, tasks: [HONEST_TASK] });
    const { predicate } = statementOf(attested, session_id);
    expect(predicate.journal.seq).toBeGreaterThan(first);
    expect(predicate.tasks).toHaveLength(2);
    expect(await attested.engine.verify(session_id)).toMatchObject({
      ok: true,
      attestation: { state: "verified" },
    });
  });

  it("is left out, with a notice, where the home's key can't be used; the session is what it was", async () => {
    const attested = make();
    await loadSigningKey(attested.home);
    chmodSync(join(attested.home, "attestation", "ed25519.pem"), 0o644);
    const result = await attested.start();
    expect(result.overall_status).toBe("COMPLETE");
    expect(attested.notices).toEqual([expect.stringMatching(/is not attested: E311 /)]);
    expect(await attested.engine.verify(result.session_id)).toMatchObject({
      ok: true,
      overall_status: "COMPLETE",
      attestation: { state: "none" },
    });
  });

  it("waits for the end: a session that was only opened has none, and has one when it was cancelled", async () => {
    const attested = make();
    const { session_id } = await attested.engine.start({ project: attested.project, tasks: [] });
    expect(await attested.engine.verify(session_id)).toMatchObject({
      ok: true,
      attestation: { state: "none" },
    });
    const stop = new AbortController();
    const stopped = await attested.engine.start({
      project: attested.project,
      tasks: [HONEST_TASK],
      signal: stop.signal,
      onEvent: (event) => event.kind === "journal" && event.event.type === "snapshot.taken" && stop.abort(),
    });
    expect(await attested.engine.verify(stopped.session_id)).toMatchObject({
      attestation: { state: "none" },
    });
    await attested.engine.cancel(stopped.session_id);
    expect(await attested.engine.verify(stopped.session_id)).toMatchObject({
      ok: true,
      overall_status: "INCOMPLETE",
      attestation: { state: "verified" },
    });
  });
});
