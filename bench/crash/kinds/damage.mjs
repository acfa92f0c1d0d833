/**
 * Evidence that was cut or altered, in a session that is COMPLETE and in one that was cut short: `verify` must not find it whole, and
 * nothing says COMPLETE of it.
 *
 * What nobody can tell from the files alone is left out, and only that: an open session's journal beyond the last line that
 * session.json and evidence_index.json name, and files that no line names. A crash can leave any of them, and nothing holds their
 * digest yet.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { createEngine } from "../../../packages/core/dist/index.js";
import { stopAfter } from "./kill.mjs";

/** A complete session, and one that was killed in QA, whose last lines no other file names yet. */
export async function prepareDamage(lane) {
  lane.restore("fresh");
  const whole = await lane.pm(lane.startArgs);
  if (whole.result?.overall_status !== "COMPLETE") throw new Error(`no complete session: ${whole.stderr}`);
  lane.save("complete");
  await stopAfter(lane, "result.captured");
  lane.save("open");
}

/** Where a session's journal is still told by nobody: the bytes after the last line that another file names. */
function untoldFrom(dir, journal) {
  const seqs = ["session.json", "evidence_index.json"].map((name) =>
    headOf(readFileSync(join(dir, name), "utf8")),
  );
  const lines = Math.max(0, ...seqs);
  let at = 0;
  for (let line = 0; line < lines; line += 1) at = journal.indexOf(0x0a, at) + 1;
  return at;
}

function headOf(text) {
  const { journal } = JSON.parse(text);
  if (!Number.isInteger(journal?.seq)) throw new Error("a projection names no head");
  return journal.seq;
}

const filesBelow = (dir) =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Every cut of the last records, then seeded flips of one bit in every `stride` bytes of every file. */
export function planDamage(lane, state, { random, records, stride }) {
  lane.restore(state);
  const [id] = lane.sessions();
  const dir = lane.sessionDir(id);
  const journal = lane.journal(id);
  const untold = state === "complete" ? journal.length : untoldFrom(dir, journal);
  const cuts = [];
  let start = journal.length - 1;
  for (let record = 0; record < records; record += 1) start = journal.lastIndexOf(0x0a, start - 1);
  for (let at = Math.max(0, start + 1); at < journal.length; at += 1)
    cuts.push({ file: "journal.jsonl", at, bit: null, told: at < untold });
  // What a crash left half made, or made and not yet named, counts for nothing.
  const isNamed = (name) =>
    !name.endsWith(".tmp") && (!name.startsWith("blobs/") || journal.includes(basename(name)));
  const flips = filesBelow(dir).flatMap((file) => {
    const name = relative(dir, file);
    const { length } = readFileSync(file);
    const list = [];
    for (let from = 0; from < length; from += stride) {
      const at = Math.min(length - 1, from + random.below(stride));
      list.push({
        file: name,
        at,
        bit: random.below(8),
        told: name === "journal.jsonl" ? at < untold : isNamed(name),
      });
    }
    return list;
  });
  return { id, dir, cuts, flips };
}

/** In this process, by the same code as `pm verify` and `pm status`: there are thousands of them. */
export function createDamage(lane, state, plan) {
  const engine = createEngine({
    home: join(lane.project, "../home"),
    version: "0.0.0",
    cwd: lane.project,
    providers: () => {
      throw new Error("no agent is to run on altered evidence");
    },
  });
  const answer = (work) =>
    work.catch((error) => ({ overall_status: error.code ?? `thrown: ${error.stack}`, ok: false }));

  /** @returns one case for the tally; the file is put back */
  return async function damage({ file, at, bit, told }, viaCommands = false) {
    if (lane.sessions()[0] !== plan.id) lane.restore(state);
    const path = join(plan.dir, file);
    const before = readFileSync(path);
    const altered = bit === null ? before.subarray(0, at) : Buffer.from(before);
    if (bit !== null) altered[at] ^= 1 << bit;
    writeFileSync(path, altered);
    const found = [];
    const verified = await answer(engine.verify(plan.id));
    if (verified.ok && told) found.push({ figure: "wrong", what: "verify found altered evidence whole" });
    if (verified.ok && verified.overall_status === "COMPLETE")
      found.push({ figure: "wrong", what: "verify says COMPLETE of altered evidence" });
    const status = await answer(engine.status(plan.id));
    if (status.overall_status === "COMPLETE" && file === "journal.jsonl")
      found.push({ figure: "wrong", what: "status says COMPLETE of an altered journal" });
    if (String(verified.overall_status).startsWith("thrown"))
      found.push({ figure: "wrong", what: verified.overall_status });
    if (viaCommands) found.push(...(await byCommands(lane, state, plan.id, told, file)));
    writeFileSync(path, before);
    const how = bit === null ? `cut at ${at}` : `bit ${bit} of ${at}`;
    for (const one of found) one.what = `${file}, ${how}: ${one.what}`;
    const outcome = verified.ok
      ? "beyond what is told"
      : (verified.problems?.[0]?.code ?? verified.overall_status);
    const kind = `${bit === null ? "cut" : "flip"}, ${state} session`;
    return { kind, outcome, found };
  };
}

async function byCommands(lane, state, id, told, file) {
  const found = [];
  const verify = await lane.pm(["verify", id, "--json"]);
  if (told && verify.code !== 5)
    found.push({ figure: "wrong", what: `pm verify exited ${verify.code} on altered evidence` });
  const commands = state === "complete" ? ["status"] : ["status", "continue"];
  for (const command of told ? commands : ["status"]) {
    const { result, stdout } = await lane.pm([command, id, "--json"]);
    if (result?.overall_status === "COMPLETE" && (state === "open" || file === "journal.jsonl"))
      found.push({
        figure: "wrong",
        what: `pm ${command} says COMPLETE of altered evidence: ${stdout.slice(0, 200)}`,
      });
  }
  return found;
}
