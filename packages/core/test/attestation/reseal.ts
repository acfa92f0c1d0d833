/** What somebody with a key of their own can make of an export: any journal, chained, attested and sealed as pm would. */
import { generateKeyPairSync } from "node:crypto";
import { sealEnvelope } from "../../src/attestation/dsse.ts";
import { keyIdOf, publicKeyPem } from "../../src/attestation/public-key.ts";
import { exportStatement } from "../../src/attestation/seal.ts";
import type { SigningKey } from "../../src/attestation/signing-key.ts";
import { sessionStatement } from "../../src/attestation/statement.ts";
import { readTar, type TarMember, writeTar } from "../../src/attestation/tar.ts";
import { projectSession } from "../../src/evidence/projections.ts";
import { parseJournal, sha256 } from "../../src/evidence/read-journal.ts";

export interface Forger {
  readonly key: SigningKey;
  /** The journal's lines as they are. */
  readonly lines: readonly string[];
  /** @param change makes another line of one that is chained already; the last of them gets its newline from `end`. */
  forge(change: Forgery): Buffer;
}

export interface Forgery {
  readonly lines?: readonly string[];
  readonly line?: (line: string, index: number) => string;
  readonly end?: string;
  readonly statement?: (payload: string) => string;
  readonly envelope?: (file: string) => string;
  readonly members?: (members: TarMember[]) => TarMember[];
}

/** Stands in a line for a byte that UTF-8 never has. */
export const NO_UTF8 = "\ue000";

export function createForger(file: Buffer): Forger {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const key: SigningKey = { private: privateKey, public: publicKey, id: keyIdOf(publicKey) };
  const tar = readTar(file);
  if (!tar) throw new Error("no export");
  const { folder, members: found } = tar;
  const content = (name: string) => found.find((member) => member.name === name)?.content ?? Buffer.alloc(0);
  const lines = content("evidence/journal.jsonl").toString("utf8").trimEnd().split("\n");
  const attested = JSON.parse(content("evidence/attestation.dsse.json").toString("utf8"));
  const said = Buffer.from(attested.payload, "base64").toString("utf8");

  function forge(change: Forgery): Buffer {
    const chained = chain(change.lines ?? lines, change.line ?? ((line) => line));
    const journal = toBytes(`${chained.join("\n")}${change.end ?? "\n"}`);
    const made = madeOf(journal, key.id) ?? {
      files: {},
      statement: said
        .replace(/"key_id":"\w+"/, `"key_id":"${key.id}"`)
        .replace(
          /"hash":"\w+","seq":\d+/,
          `"hash":"${sha256(toBytes(chained.at(-1) ?? ""))}","seq":${chained.length}`,
        )
        .replace(
          /"sha256":"\w+"(?=\},"name":"journal")/,
          `"sha256":"${sha256(toBytes(chained.at(-1) ?? ""))}"`,
        ),
    };
    const statement = change.statement?.(made.statement) ?? made.statement;
    const envelope = sealEnvelope(statement, key);
    const contents: Record<string, string | Buffer> = {
      "public-key.pem": publicKeyPem(publicKey),
      "evidence/journal.jsonl": journal,
      "evidence/attestation.dsse.json": change.envelope?.(envelope) ?? envelope,
      ...made.files,
    };
    const members = found
      .slice(0, -1)
      .map(({ name, content }) => ({ name, content: Buffer.from(contents[name] ?? content) }));
    const changed = change.members?.(members) ?? members;
    const seal = sealEnvelope(exportStatement(folder, changed, key.id), key);
    return writeTar(folder, [...changed, { name: "seal.dsse.json", content: Buffer.from(seal) }]);
  }
  return { key, lines, forge };
}

function chain(lines: readonly string[], change: (line: string, index: number) => string): string[] {
  let prev = "0".repeat(64);
  return lines.map((line, index) => {
    const changed = change(line.replace(/"prev":"\w+"/, `"prev":"${prev}"`), index);
    prev = sha256(toBytes(changed));
    return changed;
  });
}

/** What pm would make of the journal, where it can read it. */
function madeOf(bytes: Buffer, keyId: string) {
  const { lines, head, problem, torn } = parseJournal(bytes);
  if (problem || torn) return null;
  try {
    const made = projectSession(lines, head);
    return {
      statement: sessionStatement(lines, head, keyId),
      files: {
        "evidence/session.json": made.sessionJson,
        "evidence/executor_runs.jsonl": made.executorRunsJsonl,
        "evidence/evidence_index.json": made.evidenceIndexJson,
      },
    };
  } catch {
    return null;
  }
}

function toBytes(text: string): Buffer {
  const [first = "", ...rest] = text.split(NO_UTF8);
  return Buffer.concat([
    Buffer.from(first),
    ...rest.map((part) => Buffer.concat([Buffer.of(0xff), Buffer.from(part)])),
  ]);
}
