/** Plays one case with the built `pm` and judges what came of it. */
import { accessSync, constants, existsSync, readdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { verifiersDisagree } from "../../support/verifiers-agree.mjs";
import { openSession } from "./open-session.mjs";

const EXITS = { COMPLETE: 0, ERROR: 1, INCOMPLETE: 3, NO_EVIDENCE: 4, INVALID: 5 };

/**
 * `ok`: as it must be. `wrong`: not so. `hole`: not so, and known. `closed`: known as a hole, but there is none any more.
 * `not covered`: says nothing without a sandbox. `not run`: a tool is missing.
 * @typedef {"ok" | "wrong" | "hole" | "closed" | "not covered" | "not run"} Verdict
 * @typedef {{ family: string, name: string, why: string, needs: string | null, expected: string, got: string,
 *   verdict: Verdict, faults: string[], seconds: number }} Outcome
 */

/**
 * @param {import("./load-cases.mjs").LoadedCase} played @param {{ isolation: "sandbox" | "process" }} options
 * @returns {Promise<Outcome>}
 */
export async function playCase(played, options) {
  const begun = performance.now();
  const expect = options.isolation === "process" ? (played.withoutSandbox ?? played.expect) : played.expect;
  const { family, name, why, needs = null } = played;
  const outcome = (verdict, got, faults = []) => ({
    ...{ family, name, why, needs, verdict, got, faults },
    expected: expect === "not covered" ? played.expect.status : named(expect),
    seconds: (performance.now() - begun) / 1000,
  });
  if (expect === "not covered") return outcome("not covered", "-");
  const missing = (played.tools ?? []).filter((tool) => !isOnPath(tool));
  if (missing.length > 0) return outcome("not run", `no ${missing.join(", ")}`);
  const session = openSession(played, options);
  try {
    const before = session.state();
    const answer = await (played.act?.(session) ?? goThrough(played, session));
    const faults = [
      ...answerFaults(expect, answer),
      ...(await sessionFaults(played, session, answer)),
      ...stateFaults(played, expect, before !== session.state()),
      ...leftBehind(session),
    ];
    const told = await played.after?.(session);
    if (told) faults.push(told);
    const got = [answer.status, ...answer.codes].join(" ");
    if (faults.length > 0) faults.push(...answer.messages);
    if (needs !== null) return outcome(faults.length > 0 ? "hole" : "closed", got, faults);
    return outcome(faults.length > 0 ? "wrong" : "ok", got, faults);
  } catch (error) {
    return outcome("wrong", "nothing", [
      error instanceof Error ? (error.stack ?? error.message) : String(error),
    ]);
  } finally {
    session.close();
  }
}

async function goThrough({ approve }, session) {
  const first = await session.start();
  if (approve === undefined) return first;
  const faults = answerFaults({ status: "INCOMPLETE", ...approve }, first);
  if (faults.length > 0 || first.id === null) throw new Error(`before the approval: ${faults.join("; ")}`);
  const approved = await session.pm(["approve", first.id]);
  if (approved.code !== 0) throw new Error(`pm approve: ${approved.stderr}`);
  return session.ask("continue", first.id);
}

function answerFaults(expect, answer) {
  const lacks = (wanted, found) => (wanted ?? []).filter((one) => !found.includes(one));
  return [
    ...(answer.status === expect.status ? [] : [`the status is ${answer.status}, not ${expect.status}`]),
    ...(answer.exit === null || answer.exit === EXITS[answer.status]
      ? []
      : [`exit code ${answer.exit} with ${answer.status}`]),
    ...lacks(expect.gates, answer.gates).map((gate) => `the gate ${gate} says nothing`),
    ...lacks(expect.codes, answer.codes).map((code) => `there is no ${code}`),
  ];
}

/** The files alone must tell the same story. */
async function sessionFaults({ verify = 0 }, session, { id }) {
  if (id === null) return [];
  const verified = await session.pm(["verify", id, "--json"]);
  const told = verified.code === verify ? [] : [`pm verify ends with ${verified.code}: ${verified.stdout}`];
  const { pm, folder } = session;
  return [...told, ...(await verifiersDisagree({ pm, folder, id, verified, at: Math.random() }))];
}

function stateFaults({ touches }, expect, changed) {
  const wanted = touches ?? expect.status === "COMPLETE";
  if (changed === wanted) return [];
  return [changed ? "the project's files were touched" : "nothing of it came into the project"];
}

/** Processes that name the case's folder: agents, sandboxes and commands all work in it. */
function leftBehind({ folder }) {
  if (!existsSync("/proc/self/cmdline")) return [];
  const alive = readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(folder);
    } catch {
      return false;
    }
  });
  return alive.map((pid) => `process ${pid} is left`);
}

function named({ status, gates = [], codes = [] }) {
  return [status, ...[...gates, ...codes].map((one) => `(${one})`)].join(" ");
}

function isOnPath(tool) {
  return (process.env.PATH ?? "").split(delimiter).some((dir) => {
    try {
      accessSync(join(dir, tool), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
