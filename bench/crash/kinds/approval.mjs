/**
 * `pm` killed between an approval and its use: in `pm approve`, or in the `pm continue` that uses it. An approval that is not in the
 * journal counts for nothing; one that is there lets one run happen, once.
 */
import { checkApprovals, checkComplete, eventsOf, goOn } from "../support/recover.mjs";

/** Saves a session whose agent was cut short while writing: `pm` asks whether it may run again. */
export async function prepareApproval(lane) {
  lane.restore("fresh");
  const run = await lane.pm(lane.startArgs, { at: 1, from: "run.started", count: 4 });
  const [id] = lane.sessions();
  const status = await lane.pm(["status", id, "--json"]);
  if (status.result?.next_action !== `pm approve ${id}`)
    throw new Error(`no approval is waited for: ${status.stdout}${run.stderr}`);
  lane.save("cut-short");
}

const countOf = (events, type) => events.filter((event) => event.type === type).length;

/** @returns one case for the tally */
export async function killAroundApproval(lane, command, at, half) {
  lane.restore("cut-short");
  const [id] = lane.sessions();
  const before = eventsOf(lane.journal(id));
  if (command === "continue") await lane.pm(["approve", id, "--json"], null);
  const run = await lane.pm([command, id, "--json"], { at, half });
  const bytes = lane.journal(id);
  const events = eventsOf(bytes);
  const found = checkApprovals(events, 1);
  const given = countOf(events, "approval.given") - countOf(before, "approval.given");
  if (run.code === 0 && given === 0)
    found.push({ figure: "lost", what: "pm approve exited 0 and nothing is on record" });

  let approvals = given;
  if (given === 0) {
    const refused = await lane.pm(["continue", id, "--json"]);
    const ran = countOf(eventsOf(lane.journal(id)), "run.started") - countOf(before, "run.started");
    if (refused.result?.error?.code !== "E205" || ran > 0)
      found.push({
        figure: "auto-approved",
        what: `nothing is on record, and continue said: ${refused.stdout.slice(0, 400)}`,
      });
  }
  const way = await goOn(lane, id);
  approvals += way.approvals;
  found.push(...(await checkComplete(lane, { ...way, id, bytes, approvals })));
  const killed = run.signal === "SIGKILL";
  const outcome = `${killed ? "killed" : "not reached"}, ${given === 0 ? "not approved" : "approved"}, ${way.status}`;
  return { kind: `kill in ${command} of an approval`, outcome, found };
}

/** @returns how many calls a command has after which nothing of the approval is open */
export async function countApprovalCalls(lane, command) {
  lane.restore("cut-short");
  const [id] = lane.sessions();
  if (command === "continue") await lane.pm(["approve", id, "--json"]);
  const run = await lane.pm([command, id, "--json"], {});
  return run.notes.at(-1).calls;
}
