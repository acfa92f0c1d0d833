/**
 * Owns how far the journal of each session was told. Talks to the engine; is told by the worker of this process and by the queue
 * when there may be more.
 *
 * Invariants:
 * J1 a line is told once, in the order of its number, wherever it was heard of first;
 * J2 nothing is told that was written before the hub was there;
 * J3 only journals of tasks that run in other processes are looked at again and again, and one that can't be read less and less
 *    often.
 */
import type { Engine, JournalLine, QueueTask } from "@pm/core";
import { parseRef } from "@pm/queue";

const LOOK_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
/** Sessions at rest whose place is kept. */
const KEPT = 2000;

interface Followed {
  readonly id: string;
  last: number;
  /** Lines before are not news. */
  readonly since: number;
  /** Queue's id of each of its tasks. */
  readonly tasks: Map<string, string>;
  /** Queue's ids of those that run elsewhere. */
  readonly running: Set<string>;
  looking: Promise<void> | null;
  again: boolean;
  failures: number;
  notBefore: number;
}

export interface SessionJournals {
  /** The queue's word on a task; it may tell of a session. */
  note(task: QueueTask): void;
  /** A task begins, or ends, in this process: its lines come by `line`. */
  began(taskId: string): void;
  ended(taskId: string, sessionId: string | null): void;
  /** A line that the engine of this process has just written for `taskId`. */
  line(taskId: string, line: Pick<JournalLine, "seq" | "at" | "event">): void;
  close(): void;
}

export interface SessionJournalsOptions {
  readonly engine: Pick<Engine, "journal">;
  tell(sessionId: string, taskId: string | null, line: Pick<JournalLine, "seq" | "at" | "event">): void;
}

export function createSessionJournals({ engine, tell }: SessionJournalsOptions): SessionJournals {
  const sessions = new Map<string, Followed>();
  /** Of the tasks that run here: their session, once it is known. */
  const here = new Map<string, string | null>();
  let since = Date.now();
  let closed = false;

  function follow(id: string): Followed {
    const known = sessions.get(id);
    // The last used ones stay.
    sessions.delete(id);
    const followed: Followed = known ?? {
      ...{ id, last: 0, since, tasks: new Map(), running: new Set() },
      ...{ looking: null, again: false, failures: 0, notBefore: 0 },
    };
    sessions.set(id, followed);
    if (sessions.size > KEPT) forgetOne();
    return followed;
  }

  function forgetOne(): void {
    for (const { id, running, looking } of sessions.values()) {
      if (running.size > 0 || looking || [...here.values()].includes(id)) continue;
      sessions.delete(id);
      // Should it come back, its old lines are no news.
      since = Date.now();
      return;
    }
  }

  function take(session: Followed, line: Pick<JournalLine, "seq" | "at" | "event">): void {
    if (line.seq <= session.last) return;
    session.last = line.seq;
    const { event } = line;
    if (event.type === "task.submitted") {
      const taskId = event.ref === undefined ? undefined : parseRef(event.ref)?.taskId;
      if (taskId !== undefined) session.tasks.set(event.task_id, taskId);
    }
    if (Date.parse(line.at) < session.since) return;
    const taskId = "task_id" in event ? session.tasks.get(event.task_id) : undefined;
    tell(session.id, taskId ?? null, line);
  }

  /** Reads what is new; a call while one is under way makes it read once more. */
  function look(session: Followed): void {
    session.again = true;
    session.looking ??= readAll(session).finally(() => {
      session.looking = null;
    });
  }

  async function readAll(session: Followed): Promise<void> {
    while (session.again && !closed) {
      session.again = false;
      try {
        const lines = await engine.journal(session.id, session.last);
        if (closed) return;
        for (const line of lines) take(session, line);
        session.failures = 0;
      } catch {
        // It is not there yet, or not on this machine, or damaged; whoever looks at the task is told.
        session.failures += 1;
        session.notBefore = Date.now() + Math.min(LONGEST_PAUSE_MS, LOOK_MS * 2 ** session.failures);
      }
    }
  }

  function lookAround(): void {
    const now = Date.now();
    for (const session of sessions.values())
      if (session.running.size > 0 && session.notBefore <= now && !session.looking) look(session);
  }

  const timer = setInterval(lookAround, LOOK_MS).unref();

  return {
    note(task) {
      if (task.session === null) return;
      const { task_id: taskId } = task;
      const { session_id: sessionId } = task.session;
      const isNews = task.state === "RUNNING" || Date.parse(task.updated_at) >= since;
      if (!isNews && !sessions.has(sessionId)) return;
      const session = follow(sessionId);
      const isHere = here.has(taskId);
      if (isHere) here.set(taskId, session.id);
      if (task.state === "RUNNING" && !isHere) session.running.add(taskId);
      else session.running.delete(taskId);
      // Also to begin with, and once it ended: a look may have been due.
      session.notBefore = 0;
      look(session);
    },
    began(taskId) {
      here.set(taskId, null);
      for (const session of sessions.values()) session.running.delete(taskId);
    },
    ended(taskId, sessionId) {
      here.delete(taskId);
      if (sessionId !== null) look(follow(sessionId));
    },
    line(taskId, line) {
      if (line.event.type === "session.opened") here.set(taskId, line.event.session_id);
      const id = here.get(taskId);
      // Not yet heard from the queue in which session it runs: the look that comes with that finds the line.
      if (id === undefined || id === null) return;
      const session = follow(id);
      if (line.seq === session.last + 1) take(session, line);
      else look(session);
    },
    close() {
      closed = true;
      clearInterval(timer);
      sessions.clear();
      here.clear();
    },
  };
}
