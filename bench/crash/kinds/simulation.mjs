/**
 * Histories made up by chance: what `pm` could journal in any order that the lifecycle allows, cut off at any byte, gone on with by the
 * next `pm`, and altered in any bit. No process, file or agent is in it: it is the law of journal, fold and approvals alone.
 *
 * Laws:
 * S1 a journal cut at any byte is read as the lines before the cut, and nothing of it is damaged;
 * S2 no beginning of a history says COMPLETE unless each phase passed, the last gates were silent, it landed, was reported and ended;
 * S3 what is refused before it is written is what a reader refuses, and nothing else;
 * S4 an approval that was used is not waited for, and cannot be given, a second time;
 * S5 one altered bit, but in the last line, which no line after it names, is found;
 * S6 an approval that expired leaves nothing of itself.
 */
import { isDeepStrictEqual } from "node:util";

const TASK = "task-1";
const REF = { name: "x", sha256: "a".repeat(64), bytes: 1, encoding: "identity" };
const STEPS = 60;
/** How often the walk takes what an honest run does next, so that it does come to an end. */
const HONEST = 0.85;

/** @param core what `loadCoreParts` gives */
export function createSimulation(core) {
  const { opening, honest, any } = eventsOf(core);

  /** @returns one case for the tally */
  return function simulate(random) {
    const found = [];
    const wrong = (what) => found.push({ figure: "wrong", what });
    const lines = [];
    const texts = [];
    let state = core.foldSession([]);
    const append = (event) => {
      const prev = texts.length === 0 ? core.EMPTY_HEAD.hash : core.sha256(texts.at(-1));
      const line = { seq: lines.length + 1, prev, at: new Date(1.7e12 + lines.length).toISOString(), event };
      core.applyLine(state, line);
      lines.push(line);
      texts.push(core.canonicalJson(line));
    };
    for (const event of opening) append(event);
    const used = new Set();
    let crashes = 0;
    for (let step = 0; step < STEPS; step += 1) {
      const task = state.tasks.get(TASK);
      const event =
        expiryOf(task, random) ??
        approvalOf(core, state, random) ??
        (random.next() < HONEST ? honest(task, lines) : random.pick(any(task, lines)));
      if (!event || !isAllowed(core, state, event, lines, wrong)) continue;
      if (event.type === "approval.given") {
        if (used.has(event.digest))
          found.push({ figure: "auto-approved", what: `${event.digest} is used twice (S4)` });
        if (event.effect === "resume") used.add(event.digest);
      }
      append(event);
      if (event.type === "approval.expired") {
        used.delete(event.digest);
        const without = core.foldSession(lines.slice(0, -2));
        if (!isDeepStrictEqual(without.tasks, state.tasks)) wrong("an expired approval left something (S6)");
      }
      if (
        core.overallStatus(state) === "COMPLETE" &&
        !mayBeComplete(core, inForce(lines.map((line) => line.event)))
      )
        found.push({
          figure: "wrong",
          what: `COMPLETE after ${lines.map((line) => line.event.type).join(" ")} (S2)`,
        });
      if (random.next() < 0.04) {
        crashes += 1;
        const kept = crash(core, texts, random, found);
        lines.length = kept;
        texts.length = kept;
        state = core.foldSession(lines);
        used.clear();
        for (const one of inForce(lines.map((line) => line.event)))
          if (one.effect === "resume") used.add(one.digest);
        if (kept < opening.length) break;
      }
    }
    flip(core, texts, random, wrong);
    const outcome = `${core.overallStatus(state)}${crashes > 0 ? " after a crash" : ""}`;
    return { kind: "simulation", outcome, found };
  };
}

/** S3. */
function isAllowed(core, state, event, lines, wrong) {
  const refuses = (work) => {
    try {
      work();
      return false;
    } catch {
      return true;
    }
  };
  const before = refuses(() => core.assertAllowed(state, event));
  const line = {
    seq: lines.length + 1,
    prev: core.EMPTY_HEAD.hash,
    at: new Date(1.8e12).toISOString(),
    event,
  };
  const after = refuses(() => core.applyLine(core.foldSession(lines), line));
  if (before !== after) wrong(`${event.type} is ${before ? "refused" : "allowed"} before and not after (S3)`);
  return !before;
}

/** S1. @returns how many lines the next `pm` finds: of the last few, the disk may have none or some. */
function crash(core, texts, random, found) {
  const bytes = Buffer.from(texts.map((text) => `${text}\n`).join(""));
  const cut = bytes.length - random.below(Math.min(bytes.length, 600));
  const reading = core.parseJournal(bytes.subarray(0, cut));
  const whole = bytes.subarray(0, cut).filter((byte) => byte === 0x0a).length;
  if (reading.problem !== null)
    found.push({ figure: "torn", what: `a cut at ${cut} is read as damage (S1)` });
  if (reading.lines.length !== whole)
    found.push({ figure: "lost", what: `${reading.lines.length} lines of ${whole} (S1)` });
  return whole;
}

/** S5. */
function flip(core, texts, random, wrong) {
  const bytes = Buffer.from(texts.map((text) => `${text}\n`).join(""));
  const told = bytes.length - (texts.at(-1)?.length ?? 0) - 2;
  if (told <= 0) return;
  const at = random.below(told);
  bytes[at] ^= 1 << random.below(8);
  const reading = core.parseJournal(bytes);
  if (reading.problem === null) wrong(`a flipped bit at ${at} of ${bytes.length} is not found (S5)`);
}

/** Without the approvals that expired. */
const inForce = (events) =>
  events.filter(
    ({ type }, index) => type !== "approval.expired" && events[index + 1]?.type !== "approval.expired",
  );

/** Told from the bare events, with nothing of the fold: what COMPLETE must at least rest on. */
function mayBeComplete(core, events) {
  const last = (test) => events.findLastIndex(test);
  const gates = last((event) => event.type === "gates.evaluated");
  const silent = gates >= 0 && events[gates].violations.length === 0;
  const accepted = last((event) => event.type === "approval.given" && event.effect === "accept");
  const ended = last((event) => event.type === "task.ended");
  const landed = last((event) => event.type === "landing.finished");
  const undone = last((event) => ["landing.undone", "task.failed", "task.cancelled"].includes(event.type));
  const passed = core.PHASES.filter((phase) => phase !== "REPORT").every((phase) => {
    const of = last((event) => event.phase === phase && /^phase\.(passed|failed|skipped)$/.test(event.type));
    return of >= 0 && (events[of].type !== "phase.failed" || accepted > of);
  });
  const reported = last((event) => event.type === "report.written");
  return silent && passed && landed > gates && undone < landed && reported > landed && ended > reported;
}

/** Nobody went on in time, now and then. */
const expiryOf = ({ unused }, random) =>
  unused && random.next() < 0.2
    ? { type: "approval.expired", task_id: TASK, digest: unused.approval.digest }
    : null;

/** What a person would say, now and then, where something waits for it. */
function approvalOf(core, state, random) {
  const pending = core.pendingApproval(state);
  if (!pending || random.next() < 0.5) return null;
  const { digest, effect, rerunFrom, violations } = pending;
  return {
    type: "approval.given",
    task_id: TASK,
    digest,
    effect,
    rerun_from: rerunFrom,
    violations,
    note: null,
  };
}

function eventsOf({ PHASES, violationOf }) {
  const task = { task_id: TASK };
  const tree = (digit) => digit.repeat(40);
  const rerun = (rerunFrom) =>
    violationOf("E223", "qa", "INCOMPLETE", {}, { approval: "rerun", rerunFrom, taskId: TASK });
  const violation = rerun("EXECUTION");
  const failed = violationOf("E109", "machine", "ERROR", {}, { taskId: TASK });
  // What an agent's phase lacks is made by it anew; what the result lacks, by EXECUTION.
  const lacking = (phase) => rerun(PHASES.indexOf(phase) < PHASES.indexOf("EXECUTION") ? phase : "EXECUTION");
  const session = {
    session_id: "session-1",
    project: "/p",
    pm_version: "0",
    provider: "replay",
    model: null,
  };
  const opening = [
    { type: "session.opened", ...session },
    { type: "session.attached", fence: 1, pid: 1, pm_version: "0", isolation: "sandbox", settings: REF },
    { type: "task.submitted", ...task, prompt: "do", kind: "change", scope: [], checks: [] },
  ];
  const captured = (at) => ({
    ...{
      type: "result.captured",
      ...at,
      subtask_id: null,
      tree: tree("2"),
      changes: REF,
      patch: REF,
      survivors: 0,
    },
  });
  const landing = [
    { type: "landing.started", ...task, from: tree("1"), to: tree("2"), paths: 1 },
    { type: "landing.finished", ...task, tree: tree("2") },
    { type: "landing.undone", ...task, tree: tree("1") },
    { type: "landing.merged", ...task, base: tree("3"), tree: tree("4"), changes: REF },
    { type: "landing.conflicted", ...task, now: tree("3"), violations: [violation] },
  ];
  const silent = { type: "gates.evaluated", ...task, violations: [], waived: [] };
  const report = { type: "report.written", ...task, status: "COMPLETE", markdown: REF, json: REF };
  const ended = { type: "task.ended", ...task, status: "COMPLETE" };
  const snapshot = { type: "snapshot.taken", ...task, base: tree("1"), files: 1 };

  /** All that there is, whether or not it may come now; no run has the id of another. */
  function any({ attempt }, { length }) {
    const at = PHASES.map((phase) => ({ ...task, phase, attempt }));
    const run = { ...task, phase: "EXECUTION", attempt, run_id: `run-${length}`, subtask_id: null, ask: 1 };
    return [
      ...at.map((where) => ({ type: "phase.started", ...where })),
      ...at.map((where) => ({ type: "phase.passed", ...where, evidence: [] })),
      ...at.map((where) => ({ type: "phase.failed", ...where, violations: [lacking(where.phase)] })),
      ...at.map((where) => ({ type: "phase.skipped", ...where, reason: "for a reason" })),
      { type: "run.started", ...run, provider: "replay", model: null, prompt: REF },
      captured({ ...task, phase: "EXECUTION", attempt }),
      ...landing,
      ...[snapshot, silent, { ...silent, violations: [violation] }, report, ended],
      { type: "task.interrupted", ...task, phase: null },
      { type: "task.cancelled", ...task },
      { type: "task.failed", ...task, violations: [failed] },
    ];
  }

  /** What comes next in a run in which all goes well. */
  function honest({ at, attempt }, lines) {
    const { type, phase } = lines.at(-1).event;
    const where = { ...task, phase: at, attempt };
    if (at === "SUBMITTED")
      return type === "snapshot.taken" ? { type: "phase.started", ...where, phase: PHASES[0] } : snapshot;
    if (at === "LANDING") return type === "landing.started" ? landing[1] : landing[0];
    if (at === "ENDED") return null;
    if (at === "REPORT") return type === "report.written" ? ended : report;
    if (type !== "phase.started" && type !== "result.captured" && type !== "gates.evaluated")
      return { type: "phase.started", ...where };
    if (at === "EXECUTION" && type !== "result.captured") return captured(where);
    if (at === "COMPLETION_VALIDATION" && type !== "gates.evaluated") return silent;
    return phase === at || phase === undefined
      ? { type: "phase.passed", ...where, evidence: [] }
      : { type: "phase.started", ...where };
  }
  return { opening, honest, any };
}
