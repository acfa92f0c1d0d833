/**
 * The engine's calls that show evidence in full: to judge it they need the gates, so they are loaded by the first call.
 * Kept between calls: how long each journal was that is followed, and nothing of what it says.
 */
import { statSync } from "node:fs";
import { basename } from "node:path";
import { RunnerError } from "../errors/runner-error.ts";
import { blobPath, createBlobReader } from "../evidence/blobs.ts";
import { blobsOfEvent } from "../evidence/blobs-of-event.ts";
import { readJournal } from "../evidence/read-journal.ts";
import { sessionLayout } from "../project/layout.ts";
import type { Engine } from "./engine.ts";
import { readSession } from "./read-session.ts";
import { sessionHolder } from "./session-holder.ts";
import type { SessionIndex } from "./session-index.ts";
import { toTaskView } from "./to-task-view.ts";

export type EngineViews = Pick<Engine, "taskView" | "journal" | "evidence">;

/** Sessions whose journal's length is kept: more than anybody follows at once. */
const KEPT = 256;

export function createEngineViews(index: SessionIndex): EngineViews {
  const followed = createFollowed();

  function linesOf(path: string) {
    const reading = readJournal(path);
    if (reading.problem) throw new RunnerError("E302", { path: basename(path), ...reading.problem });
    return reading;
  }

  return {
    async taskView(sessionId, taskId) {
      const project = index.find(sessionId);
      // Before and after: a session that changed hands meanwhile was not left alone.
      const before = sessionHolder(project, sessionId);
      const reading = readSession(project, sessionId);
      const held = (before ?? sessionHolder(project, sessionId)) !== null;
      const view = toTaskView(sessionId, reading, taskId, held);
      if (view === null) throw new RunnerError("E203", { id: `${sessionId}, task ${taskId}` });
      return view;
    },

    async journal(sessionId, after) {
      const known = followed.get(sessionId);
      if (known && known.seq <= after && known.mark === markOf(known.path)) return [];
      const path = known?.path ?? sessionLayout(index.find(sessionId), sessionId).journal;
      // Before it is read: what is written meanwhile makes another mark.
      const mark = markOf(path);
      const { lines, head } = linesOf(path);
      followed.set(sessionId, { path, mark, seq: head.seq });
      return lines.slice(after);
    },

    async evidence(sessionId, sha256) {
      const { dir, journal } = sessionLayout(index.find(sessionId), sessionId);
      for (const { event } of linesOf(journal).lines) {
        const ref = blobsOfEvent(event).find((blob) => blob.sha256 === sha256);
        if (ref) return { ref, content: createBlobReader(dir).get(ref) };
      }
      throw new RunnerError("E301", { path: blobPath({ sha256 }) });
    },
  };
}

interface Followed {
  readonly path: string;
  /** Of the file when it was read. */
  readonly mark: string;
  readonly seq: number;
}

/** The least recently read is forgotten first. */
function createFollowed() {
  const kept = new Map<string, Followed>();
  return {
    get: (id: string) => kept.get(id),
    set(id: string, followed: Followed) {
      kept.delete(id);
      kept.set(id, followed);
      const [oldest] = kept.keys();
      if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    },
  };
}

/** Differs whenever the file does. */
function markOf(path: string): string {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat ? `${stat.ino} ${stat.size} ${stat.mtimeNs}` : "";
}
