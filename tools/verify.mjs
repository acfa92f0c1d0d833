#!/usr/bin/env node
/**
 * Checks a file that `pm export` made, with nothing but Node.js: no package, no network, no word of pm believed.
 *
 *   node verify.mjs <session.pm.tar> [<public key file or key id>]
 *
 * Prints VERIFIED and exits 0, or REFUSED with the reason and exits 1. tools/verify.py does the same in Python.
 */
import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync, realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

const TYPE = "application/vnd.in-toto+json";
const STATUSES = ["INVALID", "ERROR", "NO_EVIDENCE", "INCOMPLETE", "COMPLETE"];
const EVENTS = `session.opened session.attached task.submitted snapshot.taken phase.started phase.passed
phase.failed phase.skipped run.started run.ended provider.objected result.captured command.ran check.evaluated
gates.evaluated landing.started landing.finished landing.undone landing.merged landing.conflicted
task.interrupted task.cancelled task.failed approval.given approval.expired report.written task.ended`.split(
  /\s/,
);
const MEMBERS = `README.txt public-key.pem report.html badge.svg evidence/journal.jsonl evidence/session.json
evidence/executor_runs.jsonl evidence/evidence_index.json evidence/report.md evidence/report.json
evidence/attestation.dsse.json`.split(/\s/);
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
    check(file.subarray(at, start).equals(header(folder, name, size)), `byte ${at} starts no header of pm`);
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
  const { subject, predicate } = JSON.parse(text(body));
  const predicateType = `https://pm-orchestrator-runner.dev/${kind}/v1`;
  const ours = { _type: "https://in-toto.io/Statement/v1", subject, predicateType, predicate };
  check(canonical(ours) === text(body), `${name} holds no statement as pm writes it`);
  return { subject, predicate };
}

/** 3. The journal: canonical lines, numbered, each naming the sha256 of the one before. */
function readJournal(file) {
  check(file.at(-1) === 10, "the journal does not end with a whole line");
  let prev = "0".repeat(64);
  const lines = text(file).slice(0, -1).split("\n");
  const events = lines.map((line, index) => {
    const { at, event } = JSON.parse(line);
    const ours = { at: new Date(at).toISOString(), event, prev, seq: index + 1 };
    const follows = canonical(ours) === line && EVENTS.includes(event.type);
    check(follows, `line ${index + 1} of the journal is not what followed`);
    prev = sha256(line);
    return event;
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
function checkTasks(predicate, events) {
  const ids = events.filter(({ type }) => type === "task.submitted").map(({ task_id }) => task_id);
  check(canonical(predicate.tasks.map(({ task_id }) => task_id)) === canonical(ids), "it is of other tasks");
  for (const { task_id, status, result } of predicate.tasks) {
    const own = events.filter((event) => event.task_id === task_id);
    const last = own.at(-1);
    check(STATUSES.includes(status), `the status of ${task_id} is none`);
    const claim = `${task_id} is said to be ${status}`;
    check(last.type !== "task.ended" || last.status === status, `${claim}, the journal says ${last.status}`);
    const silent = own.findLast(({ type }) => type === "gates.evaluated")?.violations.length === 0;
    check(status !== "COMPLETE" || (last.type === "task.ended" && silent), `${claim}, but not proven`);
    check(result === null || own.some(({ tree }) => tree === result), `${claim} with another result`);
  }
  const worst = STATUSES.find((one) => predicate.tasks.some(({ status }) => status === one)) ?? "INCOMPLETE";
  check(predicate.overall_status === worst, "it is said to be better or worse than its tasks");
}

/** Of the smallest points there are encodings that OpenSSL takes and RFC 8032 doesn't: they are no keys here. */
function readKey(pem) {
  const key = createPublicKey(pem);
  const isPlain = key.export({ type: "spki", format: "pem" }) === pem;
  check(key.asymmetricKeyType === "ed25519" && isPlain, "the key is no Ed25519 public key in PEM");
  const der = key.export({ type: "spki", format: "der" });
  const y = BigInt(`0x${der.subarray(12).reverse().toString("hex")}`) % 2n ** 255n;
  check(y > 1n && y < 2n ** 255n - 20n, "the key is a point of small order");
  return key;
}

/** @returns the id of a key that is given as that, or as a PEM file with whatever line ends. */
function readPin(pin) {
  if (/^[0-9a-f]{64}$/.test(pin)) return pin;
  const pem = text(readFileSync(pin)).replace(/\r\n?/g, "\n");
  return keyIdOf(readKey(`${pem.replace(/\n+$/, "")}\n`));
}

const blobPath = (id) => `evidence/blobs/sha256/${id.slice(0, 2)}/${id}`;

/** @returns what was found. @throws Error with the reason to refuse it. */
export function verifyExport(file, pin) {
  const { folder, members } = readTar(file);
  const get = (name) => members.get(name) ?? Buffer.alloc(0);
  const key = readKey(text(get("public-key.pem")));
  const keyId = keyIdOf(key);
  const wanted = pin === undefined ? keyId : readPin(pin);
  check(wanted === keyId, `it is of the key ${keyId}, not of ${wanted}`);
  const { events, head } = readJournal(get("evidence/journal.jsonl"));
  check(events[0].type === "session.opened" && events[0].session_id === folder, "it is of another session");
  const blobs = [...new Set(blobsOf(events))].sort();
  const reported = events.some(({ type }) => type === "report.written");
  const made = MEMBERS.filter((name) => reported || !name.startsWith("evidence/report."));
  const names = [...made, ...blobs.map(blobPath), "seal.dsse.json"];
  check(canonical([...members.keys()]) === canonical(names), "other members than the journal asks for");
  for (const id of blobs) check(sha256(get(blobPath(id))) === id, `the blob ${id} was altered`);
  const seal = openEnvelope("seal.dsse.json", get("seal.dsse.json"), key, "export");
  const sealed = names.slice(0, -1).map((name) => ({ name, digest: { sha256: sha256(get(name)) } }));
  const expected = { subject: sealed, predicate: { session_id: folder, key_id: keyId } };
  check(canonical(seal) === canonical(expected), "the seal does not fit what is in the file");
  const signed = get("evidence/attestation.dsse.json");
  const { subject, predicate } = openEnvelope("the attestation", signed, key, "attestation");
  const root = sha256(blobs.map((id) => `${id}\n`).join(""));
  const results = predicate.tasks.filter(({ result }) => result !== null);
  const proven = [
    { name: "journal", digest: { sha256: head.hash } },
    { name: "evidence", digest: { sha256: root } },
    ...results.map((task) => ({ name: `result/${task.task_id}`, digest: { gitTree: task.result } })),
  ];
  const { session_id, key_id, journal, evidence } = predicate;
  const claimed = canonical([subject, session_id, key_id, journal, evidence]);
  const ours = canonical([proven, folder, keyId, head, { blobs: blobs.length, root }]);
  check(claimed === ours, "the attestation is of another session, or state of it");
  checkTasks(predicate, events);
  const by = `Signed by ${keyId}${pin === undefined ? ": is it the key you were told?" : ", as asked for"}`;
  return `${folder} is ${predicate.overall_status}; ${head.seq} journal lines, ${blobs.length} blobs\n${by}`;
}

if (realpathSync(process.argv[1] ?? ".") === fileURLToPath(import.meta.url)) {
  const [path, pin] = process.argv.slice(2);
  try {
    check(path !== undefined, "no file: node verify.mjs <session.pm.tar> [<public key file or key id>]");
    console.log(`VERIFIED: ${verifyExport(readFileSync(path), pin)}`);
  } catch (error) {
    // What a forged file says of itself must not reach the terminal as it is.
    console.log(`REFUSED: ${error.message.replace(/[^ -~]/g, "?")}`);
    process.exitCode = 1;
  }
}
