#!/usr/bin/env node
/**
 * Checks a file that `pm export` made, with nothing but Node.js: no package, no network, no word of pm believed.
 *
 *   node verify.mjs <session.pm.tar> [<public key file or key id>]
 *
 * Prints VERIFIED and exits 0, or REFUSED with the reason and exits 1. tools/verify.py does the same in Python.
 */
import { createHash, createPublicKey, verify } from "node:crypto";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

const TYPE = "application/vnd.in-toto+json";
const STATUSES = ["INVALID", "ERROR", "NO_EVIDENCE", "INCOMPLETE", "COMPLETE"];
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const text = (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
const keyIdOf = (key) => sha256(key.export({ type: "spki", format: "der" }));

function check(holds, reason) {
  if (!holds) throw new Error(reason);
}

/** JSON with sorted keys and no white space (RFC 8785). */
function canonical(value) {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

/** The one header that a name and a size can have: ustar, a regular file, no owner, no time. */
function header(folder, name, size) {
  const pad = (value, length) => value.padEnd(length, "\0");
  const octal = (value, digits) => value.toString(8).padStart(digits, "0");
  const head = `${pad(name, 100)}0000644\0${"0000000\0".repeat(2)}${octal(size, 11)}\0${octal(0, 11)}\0`;
  const withSum = (sum) => pad(`${head}${sum}0${pad("", 100)}ustar\0${"00"}${pad("", 80)}${folder}`, 512);
  const sum = Buffer.from(withSum(" ".repeat(8))).reduce((total, byte) => total + byte, 0);
  return Buffer.from(withSum(`${octal(sum, 6)}\0 `));
}

/** 1. The tar: every header byte is what the name and the size make it, nothing between or after the members. */
function readTar(file) {
  const field = (at, length) => file.toString("latin1", at, at + length).replace(/\0.*$/s, "");
  const isEmpty = (start, end) => file.subarray(start, end).every((byte) => byte === 0);
  const folder = field(345, 155);
  check(/^session-[a-z0-9]{1,40}$/.test(folder), "the tar is of no session");
  const members = new Map();
  let at = 0;
  while (at + 512 <= file.length && file[at] !== 0) {
    const name = field(at, 100);
    const start = at + 512;
    const size = Number.parseInt(field(at + 124, 12), 8);
    const end = start + Math.ceil(size / 512) * 512;
    check(
      file.subarray(at, start).equals(header(folder, name, size)),
      `the header at byte ${at} is not pm's`,
    );
    check(end <= file.length && isEmpty(start + size, end), `the padding after ${name} is not empty`);
    check(!members.has(name), `${name} is in the tar twice`);
    members.set(name, file.subarray(start, start + size));
    at = end;
  }
  check(file.length === at + 1024 && isEmpty(at, file.length), "the tar does not end as it should");
  return { folder, members };
}

/** 2. Signatures: DSSE envelopes in the one form that pm writes, Ed25519 over the pre-authentication encoding. */
function openEnvelope(name, file, key, kind) {
  const { payload, signatures } = JSON.parse(text(file));
  const body = Buffer.from(payload, "base64");
  const sig = Buffer.from(signatures[0].sig, "base64");
  const signature = { keyid: keyIdOf(key), sig: sig.toString("base64") };
  const form = { payload: body.toString("base64"), payloadType: TYPE, signatures: [signature] };
  check(text(file) === `${canonical(form)}\n`, `${name} is no envelope of this key as pm writes it`);
  const signed = Buffer.concat([Buffer.from(`DSSEv1 ${TYPE.length} ${TYPE} ${body.length} `), body]);
  check(verify(null, signed, key, sig), `${name} has a signature that the key did not make`);
  const statement = JSON.parse(text(body));
  const { _type, predicateType } = statement;
  const isKind = predicateType === `https://pm-orchestrator-runner.dev/${kind}/v1`;
  check(isKind && _type === "https://in-toto.io/Statement/v1", `${name} holds another kind of statement`);
  check(statement.predicate.key_id === signature.keyid, `${name} names another key`);
  return statement;
}

/** 3. The journal: canonical lines, numbered, each naming the sha256 of the one before. */
function readJournal(file) {
  check(file.at(-1) === 10, "the journal does not end with a whole line");
  let prev = "0".repeat(64);
  const lines = text(file).slice(0, -1).split("\n");
  const events = lines.map((line, index) => {
    const value = JSON.parse(line);
    const follows = value.seq === index + 1 && value.prev === prev;
    check(follows && canonical(value) === line, `line ${index + 1} of the journal is not what followed`);
    prev = sha256(line);
    return value.event;
  });
  return { events, head: { seq: events.length, hash: prev } };
}

/** The digests of all blobs that a value refers to, however deep. */
function blobsOf(value) {
  if (value === null || typeof value !== "object") return [];
  if ("sha256" in value && "encoding" in value) return [value.sha256];
  return Object.values(value).flatMap(blobsOf);
}

/** 4. What the attestation says of the tasks is what the journal ends with. */
function checkTasks({ subject, predicate }, events) {
  const ids = events.filter(({ type }) => type === "task.submitted").map(({ task_id }) => task_id);
  const claimed = predicate.tasks.map(({ task_id }) => task_id);
  check(canonical(claimed) === canonical(ids), "the attestation is of other tasks");
  for (const { task_id, status, result } of predicate.tasks) {
    const own = events.filter((event) => event.task_id === task_id);
    const last = own.at(-1);
    const claim = `${task_id} is said to be ${status}`;
    check(STATUSES.includes(status), `${claim}, which is no status`);
    check(last.type !== "task.ended" || last.status === status, `${claim}, the journal says ${last.status}`);
    const silent = own.findLast(({ type }) => type === "gates.evaluated")?.violations.length === 0;
    check(status !== "COMPLETE" || (last.type === "task.ended" && silent), `${claim}, but not proven`);
    const tree = subject.find(({ name }) => name === `result/${task_id}`)?.digest.gitTree ?? null;
    const known = result === null || own.some((event) => event.tree === result);
    check(tree === result && known, `the attested result of ${task_id} is not the journal's`);
  }
  const worst = STATUSES.find((one) => predicate.tasks.some(({ status }) => status === one)) ?? "INCOMPLETE";
  check(
    predicate.overall_status === worst,
    `it is said to be ${predicate.overall_status}, its tasks ${worst}`,
  );
}

function readKey(pem) {
  const key = createPublicKey(pem);
  const isPlain = key.export({ type: "spki", format: "pem" }) === pem;
  check(key.asymmetricKeyType === "ed25519" && isPlain, "the key is no Ed25519 public key in PEM");
  return key;
}

/** What an export of these lines holds, in its order. */
function namesOf(events, blobs) {
  const reported = events.some(({ type }) => type === "report.written");
  const made = ["journal.jsonl", "session.json", "executor_runs.jsonl", "evidence_index.json"];
  const reports = reported ? ["report.md", "report.json"] : [];
  const evidence = [...made, ...reports, "attestation.dsse.json", ...blobs.map(blobPath)];
  const front = ["README.txt", "public-key.pem", "report.html", "badge.svg"];
  return [...front, ...evidence.map((name) => `evidence/${name}`), "seal.dsse.json"];
}

const blobPath = (id) => `blobs/sha256/${id.slice(0, 2)}/${id}`;

/** @returns what was found. @throws Error with the reason to refuse it. */
export function verifyExport(file, pin) {
  const { folder, members } = readTar(file);
  const get = (name) => members.get(name) ?? Buffer.alloc(0);
  const key = readKey(text(get("public-key.pem")));
  const keyId = keyIdOf(key);
  const wanted = pin !== undefined && existsSync(pin) ? keyIdOf(readKey(readFileSync(pin, "utf8"))) : pin;
  check(wanted === undefined || wanted === keyId, `it is of the key ${keyId}, not of ${wanted}`);
  const { events, head } = readJournal(get("evidence/journal.jsonl"));
  const [opened] = events;
  check(
    opened.type === "session.opened" && opened.session_id === folder,
    "the journal is of another session",
  );
  const blobs = [...new Set(blobsOf(events))].sort();
  const names = namesOf(events, blobs);
  check(canonical([...members.keys()]) === canonical(names), "other members than the journal asks for");
  for (const id of blobs) check(sha256(get(`evidence/${blobPath(id)}`)) === id, `the blob ${id} was altered`);
  const seal = openEnvelope("seal.dsse.json", get("seal.dsse.json"), key, "export");
  const sealed = names.slice(0, -1).map((name) => ({ name, digest: { sha256: sha256(get(name)) } }));
  check(canonical(seal.subject) === canonical(sealed), "the seal does not fit what is in the file");

  const attestation = openEnvelope(
    "the attestation",
    get("evidence/attestation.dsse.json"),
    key,
    "attestation",
  );
  const { predicate, subject } = attestation;
  const digestOf = (wanted) => subject.find(({ name }) => name === wanted)?.digest.sha256;
  const root = sha256(blobs.map((id) => `${id}\n`).join(""));
  check(predicate.session_id === folder, "the attestation is of another session");
  const isOfHead = digestOf("journal") === head.hash && canonical(predicate.journal) === canonical(head);
  check(isOfHead, "the attestation is of another journal");
  check(digestOf("evidence") === root, "the attestation is of other evidence");
  checkTasks(attestation, events);
  const by = `Signed by ${keyId}${pin === undefined ? ": is it the key you were told?" : ", as asked for"}`;
  return `${folder} is ${predicate.overall_status}; ${head.seq} journal lines, ${blobs.length} blobs\n${by}`;
}

if (realpathSync(process.argv[1] ?? ".") === fileURLToPath(import.meta.url)) {
  const [path, pin] = process.argv.slice(2);
  try {
    check(path !== undefined, "no file: node verify.mjs <session.pm.tar> [<public key file or key id>]");
    console.log(`VERIFIED: ${verifyExport(readFileSync(path), pin)}`);
  } catch (error) {
    console.log(`REFUSED: ${error.message}`);
    process.exitCode = 1;
  }
}
