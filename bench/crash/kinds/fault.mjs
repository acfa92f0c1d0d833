/**
 * A disk that is full (ENOSPC, from the n-th call on), fails once (EIO) or a process out of file handles (EMFILE, once): `pm` must end
 * with a documented error or get by without that call, and go on once the fault is gone.
 */
import { readFileSync } from "node:fs";
import { projectState } from "../support/project-state.mjs";
import { checkComplete, checkStopped, goOn } from "../support/recover.mjs";
import { FLOWS } from "./kill.mjs";

/** A full disk still lets files be removed and renamed. */
export const FAULTS = {
  ENOSPC: { error: "ENOSPC", sticky: true, kinds: ["write", "create", "open", "truncate"] },
  EIO: { error: "EIO", kinds: ["write", "fsync", "rename", "unlink", "create", "truncate", "open"] },
  EMFILE: { error: "EMFILE", kinds: ["open"], readsToo: true },
};

const documented = new Set(
  [
    ...readFileSync(new URL("../../../docs/errors.md", import.meta.url), "utf8").matchAll(/^\| (E\d{3}) /gm),
  ].map(([, code]) => code),
);
/** What `pm` says of what it did not foresee, and of evidence that somebody altered. */
const NO_ANSWER = new Set(["E206", "E446", "E487", "E302", "E303", "E304", "E309", "E310"]);

/** @returns one case for the tally */
export async function failAt(lane, flow, fault, at) {
  const { saved, from, args } = FLOWS[flow];
  lane.restore(saved);
  const run = await lane.pm(args(lane), { ...FAULTS[fault], at, from });
  const hit = run.notes.find((note) => note.hit);
  const found = [...checkAnswer(run)];
  const stopped = await checkStopped(lane, run);
  found.push(...stopped.found);
  const way = await goOnOrAnew(lane, stopped.id);
  found.push(...(await checkComplete(lane, { ...stopped, ...way })));
  const ended = codeOf(run) ?? run.result?.overall_status;
  const outcome = hit ? `${ended} → ${way.how}${way.status}` : "not reached";
  return { kind: `${fault} in ${flow}`, outcome, found, hit };
}

/** The error of a command, or the one that a task ended with. */
const codeOf = (run) => run.result?.error?.code ?? run.result?.violations?.[0]?.code;

function checkAnswer(run) {
  if (run.signal !== null)
    return [{ figure: "wrong", what: `ended by ${run.signal}: ${run.stderr.slice(-400)}` }];
  if (run.code === 0 && run.result?.overall_status === "COMPLETE") return [];
  const code = codeOf(run);
  if (code === undefined)
    return [
      {
        figure: "wrong",
        what: `ended ${run.code} with no code: ${run.stdout.slice(0, 300)}${run.stderr.slice(-700)}`,
      },
    ];
  if (!documented.has(code) || NO_ANSWER.has(code))
    return [{ figure: "wrong", what: `${code} is no answer to this: ${run.stdout.slice(0, 700)}` }];
  const hint = run.result?.error?.hint ?? "";
  if (/ \?( |$)/.test(hint))
    return [{ figure: "wrong", what: `${code} names no session to go on with: ${hint}` }];
  return [];
}

/** A task that ended ERROR stays so; the project is as it was, and the same command begins a new session. */
async function goOnOrAnew(lane, id) {
  const way = await goOn(lane, id);
  if (way.status !== "ERROR") return { ...way, how: "" };
  if (projectState(lane.project).is !== "old")
    return { ...way, how: "", found: [{ figure: "torn", what: "ended ERROR with a changed project" }] };
  const answer = await lane.pm(lane.startArgs);
  const status = answer.result?.overall_status ?? answer.result?.error?.code;
  return {
    ...way,
    answer,
    status,
    id: answer.result?.session_id,
    bytes: Buffer.alloc(0),
    how: "new session, ",
  };
}
