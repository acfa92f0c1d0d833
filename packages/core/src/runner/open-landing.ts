/**
 * Landings that a crash left open, of whatever session: who takes the project's state next must not take half of a change
 * for it, and nobody lands on top of one.
 *
 * Invariants:
 * O1 while the project may hold part of a change, `.pm/landing` names its session: durable before `landing.started`;
 * O2 it is no more than a name. That session's journal says what is to be done, so a name that is out of date does no harm;
 * O3 it is read and written under the landing lock only.
 */
import { readFile, rm } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { isRunnerError, RunnerError } from "../errors/runner-error.ts";
import { isBegun } from "../evidence/is-begun.ts";
import type { SessionState, TaskState } from "../evidence/session-state.ts";
import { projectLayout, SESSION_ID_PATTERN, sessionLayout } from "../project/layout.ts";
import { replaceFile } from "../project/replace-file.ts";
import { settleLandings } from "./settle-landing.ts";
import type { HeldSession, SessionHandle, TaskContext } from "./task-context.ts";

const WAIT_MS = 200;

/** O1. @throws RunnerError E104, E109, E119. */
export function noteLanding({ project, id }: SessionHandle): Promise<void> {
  return replaceFile(projectLayout(project).openLanding, `${id}\n`, 0o600);
}

/**
 * Does `work` under the landing lock, with a project in which no landing of another task is open: one that a crash cut
 * short is finished or undone first.
 * @throws RunnerError E239 where that can't be done, or where that session is damaged
 */
export async function withWholeProject<T>(ctx: TaskContext, work: () => Promise<T>): Promise<T> {
  for (;;) {
    const outcome = await ctx.withLandingLock(async () => {
      if (!(await settleOthers(ctx))) return null;
      try {
        return { value: await work() };
      } finally {
        if (openTasks(ctx.session.state).length === 0) await forgetLanding(ctx.session);
      }
    });
    if (outcome) return outcome.value;
    await setTimeout(WAIT_MS, undefined, { signal: ctx.signal });
  }
}

/** @returns false where the session is in use: its holder settles it first, under the lock that we hold now. */
async function settleOthers(ctx: TaskContext): Promise<boolean> {
  const { session, store } = ctx;
  const id = await notedSession(session.project);
  if (id === null) return true;
  if (id === session.id) {
    const own = ctx.task();
    await settleLandings(
      session,
      store,
      openTasks(session.state).filter((task) => task !== own),
    );
    return true;
  }
  if (!isBegun(sessionLayout(session.project, id).dir)) return true;
  const other = holdOther(ctx, id);
  if (other === null) return false;
  try {
    await settleLandings(other, store, openTasks(other.state));
    other.checkpoint();
    return true;
  } finally {
    other.close();
  }
}

function holdOther(ctx: TaskContext, id: string): HeldSession | null {
  try {
    return ctx.hold(id);
  } catch (error) {
    if (isRunnerError(error, "E401")) return null;
    if (!isRunnerError(error) || error.code === "E109" || error.code === "E307") throw error;
    // It is damaged: what it began can't be known any more, and its errors must not be taken for this session's.
    const { project } = ctx.session;
    const paths = "nobody can tell which";
    throw new RunnerError("E239", { project, paths, reason: error.message, session: id }, error);
  }
}

const openTasks = ({ tasks }: SessionState): TaskState[] =>
  [...tasks.values()].filter(({ landing }) => landing !== null);

async function notedSession(project: string): Promise<string | null> {
  const text = await readFile(projectLayout(project).openLanding, "utf8").catch(() => "");
  return SESSION_ID_PATTERN.test(text.trim()) ? text.trim() : null;
}

/** What can't be removed is out of date, see O2. */
async function forgetLanding({ project }: SessionHandle): Promise<void> {
  await rm(projectLayout(project).openLanding, { force: true }).catch(() => {});
}
