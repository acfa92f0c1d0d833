/**
 * What has to be true after `pm` was stopped by force, and of the way from there to the end. It is told from outside alone: by
 * pm's commands, the files of the project, the journal's bytes and what the hook saw acknowledged.
 */
import { verifiersDisagree } from "../../support/verifiers-agree.mjs";
import { projectState } from "./project-state.mjs";

const MAX_STEPS = 6;

/** Journal lines as objects, without a last one that was cut short. */
export function eventsOf(bytes) {
  const text = bytes.toString("utf8");
  return text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line).event);
}

/** Right after the stop, before anything else runs. @returns what is wrong */
export async function checkStopped(lane, run) {
  const found = [];
  const [id] = lane.sessions();
  const bytes = id ? lane.journal(id) : Buffer.alloc(0);
  const events = eventsOf(bytes);
  const state = projectState(lane.project);
  if (state.torn.length > 0) found.push({ figure: "torn", what: `after the stop: ${state.torn.join(", ")}` });
  const landing = events.some((event) => event.type === "landing.started");
  if (!landing && (state.is !== "old" || state.temporary.some((path) => path.includes(".pm-land-"))))
    found.push({ figure: "torn", what: "the project was changed before landing.started was on record" });
  const acknowledged = Math.max(0, ...run.notes.map((note) => note.acknowledged ?? 0));
  if (bytes.length < acknowledged && !wasTakenBack(id, run))
    found.push({
      figure: "lost",
      what: `the journal has ${bytes.length} bytes of ${acknowledged} acknowledged`,
    });
  for (const [, phase] of run.stderr.matchAll(/^ {2}([A-Z_]+) passed/gm)) {
    if (!events.some((event) => event.type === "phase.passed" && event.phase === phase))
      found.push({ figure: "lost", what: `${phase} was printed as passed and is not in the journal` });
  }
  if (id && bytes.includes("\n")) {
    const verified = await lane.pm(["verify", id, "--json"]);
    if (verified.code !== 0)
      found.push({
        figure: "torn",
        what: `pm verify ${verified.code}: ${verified.stdout}${verified.stderr}`,
      });
  }
  return { id, bytes, found };
}

/** A session that could not be begun is taken back whole; nobody was told to go on with it. */
const wasTakenBack = (id, run) =>
  id === undefined &&
  run.result?.error !== undefined &&
  run.result.error.data.session === undefined &&
  !run.stderr.includes("session-");

/** Nobody was told of a session that has no whole line yet. */
const isBegun = (lane, id) => id !== undefined && lane.journal(id).includes("\n");

/**
 * Types what `pm status` says is next until nothing is; a start of which no session came is given once more.
 * @returns the last status, how many approvals this gave, and what is wrong
 */
export async function goOn(lane, id, startArgs = lane.startArgs) {
  const found = [];
  let approvals = 0;
  let answer = await lane.pm(isBegun(lane, id) ? ["status", id, "--json"] : startArgs);
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const args = (answer.result?.next_action ?? "").split(" ").slice(1);
    // What else it may say, such as "pm logs", is for reading.
    if (!["approve", "continue"].includes(args[0])) break;
    if (args[0] === "approve") approvals += 1;
    answer = await lane.pm([...args, "--json"]);
  }
  const status = answer.result?.overall_status ?? answer.result?.error?.code ?? `nothing: ${answer.stderr}`;
  return { status, approvals, found, answer };
}

/** At the end of a way that must have come to COMPLETE. @returns what is wrong */
export async function checkComplete(lane, { id, bytes, approvals, status, answer }) {
  const found = [];
  const last = isBegun(lane, id) ? id : answer.result?.session_id;
  if (status !== "COMPLETE")
    return [
      {
        figure: "wrong",
        what: `ended ${status}: ${answer.stdout.slice(0, 600)} ${answer.stderr.slice(-300)}`,
      },
    ];
  const state = projectState(lane.project);
  if (state.is !== "new" || state.temporary.length > 0)
    found.push({
      figure: "torn",
      what: `COMPLETE, but the project is ${state.is} with ${state.temporary.length} leftovers`,
    });
  const journal = lane.journal(last);
  const whole = last === id ? bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1) : Buffer.alloc(0);
  if (!journal.subarray(0, whole.length).equals(whole))
    found.push({
      figure: "lost",
      what: "lines that were in the journal after the stop are not in it at the end",
    });
  const verified = await lane.pm(["verify", last, "--json"]);
  if (verified.code !== 0) found.push({ figure: "torn", what: `pm verify at the end: ${verified.stdout}` });
  const { pm, folder } = lane;
  const disagreed = await verifiersDisagree({ pm, folder, id: last, verified, at: Math.random() });
  found.push(...disagreed.map((what) => ({ figure: "wrong", what })));
  found.push(...checkApprovals(eventsOf(journal), approvals));
  return found;
}

/**
 * An agent's run that was cut short is followed by another only where an approval stands between them; each is used once.
 * @param given how many approvals a person gave
 */
export function checkApprovals(events, given) {
  const found = [];
  const recorded = events.filter((event) => event.type === "approval.given").length;
  if (recorded > given)
    found.push({ figure: "auto-approved", what: `${recorded} approvals on record, ${given} were given` });
  const open = new Set();
  for (const event of events) {
    // It stands for all that were open then, and for nothing that is cut short later.
    if (event.type === "approval.given") open.clear();
    if (event.type === "run.started") {
      if (open.size > 0)
        found.push({ figure: "auto-approved", what: `${event.run_id} ran, and ${[...open]} was cut short` });
      open.add(event.run_id);
    }
    if (event.type === "run.ended") open.delete(event.run_id);
  }
  return found;
}
