/** SIGKILL of `pm` at its n-th call that changes a disk; every second time a write is cut in half first. */
import { checkComplete, checkStopped, goOn } from "../support/recover.mjs";

/**
 * `saved` is the state that the run begins from; `from` is the journal event after which calls count.
 * @type {Record<string, { saved: string, from?: string, args: (lane: object) => string[] }>}
 */
export const FLOWS = {
  start: { saved: "fresh", args: (lane) => lane.startArgs },
  continue: { saved: "begun", args: (lane) => ["continue", lane.sessions()[0], "--json"] },
  land: { saved: "fresh", from: "landing.started", args: (lane) => lane.startArgs },
};

/** Saves what the flows begin from: `fresh`, and `begun`, a session that was killed when its snapshot was taken. */
export async function prepare(lane) {
  lane.save("fresh");
  const { id } = await stopAfter(lane, "snapshot.taken");
  if (!id) throw new Error("no session to continue");
  lane.save("begun");
}

/** Runs a start that is killed at the first counted call after a journal event. */
export async function stopAfter(lane, from) {
  lane.restore("fresh");
  const run = await lane.pm(lane.startArgs, { at: 1, from });
  return { id: lane.sessions()[0], run };
}

/** @returns the calls of a flow without a fault, in order: their kinds, `read` for an open that only reads */
export async function listCalls(lane, flow) {
  const { saved, from, args } = FLOWS[flow];
  lane.restore(saved);
  const run = await lane.pm(args(lane), { from, list: true, readsToo: true });
  if (run.result?.overall_status !== "COMPLETE")
    throw new Error(`${flow} without a fault: ${run.stdout}${run.stderr}`);
  return run.notes.flatMap(({ counted }) => (counted === undefined ? [] : [counted]));
}

/** @returns one case for the tally */
export async function killAt(lane, flow, at, half) {
  const { saved, from, args } = FLOWS[flow];
  lane.restore(saved);
  const run = await lane.pm(args(lane), { at, from, half });
  const hit = run.notes.find((note) => note.hit);
  const stopped = await checkStopped(lane, run);
  const way = await goOn(lane, stopped.id);
  const found = [...stopped.found, ...way.found, ...(await checkComplete(lane, { ...stopped, ...way }))];
  const outcome = run.signal === "SIGKILL" ? way.status : `not reached, ${way.status}`;
  return { kind: `kill in ${flow}`, outcome, found, hit };
}
