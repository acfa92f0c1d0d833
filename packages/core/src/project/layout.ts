import { join } from "node:path";
import { RunnerError } from "../errors/runner-error.ts";

/** How a session is named, in folders and on the command line. */
export const SESSION_ID_PATTERN = /^session-[a-z0-9]{1,40}$/;

/**
 * Folders of installed dependencies that version control ignores: there for the agents and for QA, never alterable.
 */
export const DEPENDENCY_DIRS = ["node_modules", ".venv", "venv", "vendor", "target"] as const;

/** Where everything of a project lies; all paths are under `root`. */
export interface ProjectLayout {
  readonly root: string;
  readonly claudeDir: string;
  readonly claudeMd: string;
  readonly settings: string;
  readonly agentsDir: string;
  readonly rulesDir: string;
  readonly replConfig: string;
  readonly pmDir: string;
  readonly sessionsDir: string;
  /** A lock a folder: one of each session, one for landing. */
  readonly locksDir: string;
  /** The session whose landing is under way, or was when a crash came. */
  readonly openLanding: string;
  /** Requests of one process to another. */
  readonly controlDir: string;
  /** Checkouts and homes of agents, a folder a session; nothing in it is kept. */
  readonly workDir: string;
  /** The bare git repository of the snapshots. */
  readonly store: string;
}

/** Where the evidence of one session lies; all paths are under `dir`. */
export interface SessionLayout {
  readonly dir: string;
  readonly journal: string;
  readonly blobs: string;
  readonly session: string;
  readonly executorRuns: string;
  readonly evidenceIndex: string;
  readonly reportMarkdown: string;
  readonly reportJson: string;
  readonly attestation: string;
}

export function projectLayout(root: string): ProjectLayout {
  const claudeDir = join(root, ".claude");
  const pmDir = join(root, ".pm");
  return {
    root,
    claudeDir,
    claudeMd: join(claudeDir, "CLAUDE.md"),
    settings: join(claudeDir, "settings.json"),
    agentsDir: join(claudeDir, "agents"),
    rulesDir: join(claudeDir, "rules"),
    replConfig: join(claudeDir, "repl.json"),
    pmDir,
    sessionsDir: join(pmDir, "sessions"),
    locksDir: join(pmDir, "locks"),
    openLanding: join(pmDir, "landing"),
    controlDir: join(pmDir, "control"),
    workDir: join(pmDir, "work"),
    store: join(pmDir, "store.git"),
  };
}

/** @throws E201, E202: the id is checked before it becomes part of a path. */
export function sessionLayout(root: string, sessionId: string): SessionLayout {
  const dir = join(projectLayout(root).sessionsDir, parseSessionId(sessionId));
  return {
    dir,
    journal: join(dir, "journal.jsonl"),
    blobs: join(dir, "blobs", "sha256"),
    session: join(dir, "session.json"),
    executorRuns: join(dir, "executor_runs.jsonl"),
    evidenceIndex: join(dir, "evidence_index.json"),
    reportMarkdown: join(dir, "report.md"),
    reportJson: join(dir, "report.json"),
    attestation: join(dir, "attestation.dsse.json"),
  };
}

/** @returns the id unchanged. @throws E201 where it is missing, E202 where it has not the form of one. */
export function parseSessionId(id: string | undefined): string {
  if (id === undefined || id === "") throw new RunnerError("E201");
  if (!SESSION_ID_PATTERN.test(id)) throw new RunnerError("E202", { id: id.slice(0, 80) });
  return id;
}
