/**
 * The schema as numbered steps: step n leads from version n to n + 1, and is never changed once it was released.
 *
 * `head` is 1 for the first open task of its group, 0 for one that waits behind it, NULL for one that has ended; it is kept in
 * the transaction of the change, so that the next claimable task is found in an index however many wait behind others.
 * `changes` names the task of each of the last changes, so that what changed since is found at its end: those of some seconds,
 * where thousands of tasks change in each. A change of `head` alone is nobody's business.
 * Ended tasks that are COMPLETE, as nearly all are, stand in no index but those of their ids: each page that a commit touches is
 * written to the log as a whole.
 * Payloads have a table of their own, for a change of state writes the whole row anew.
 * Groups stay for ever: a number must not be given twice.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE groups (
    id INTEGER PRIMARY KEY,
    group_id TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL,
    next_number INTEGER NOT NULL DEFAULT 1
  ) STRICT;

  CREATE TABLE tasks (
    seq INTEGER PRIMARY KEY,
    group_id TEXT NOT NULL REFERENCES groups (group_id),
    number INTEGER NOT NULL,
    state TEXT NOT NULL,
    head INTEGER,
    project TEXT NOT NULL,
    summary TEXT NOT NULL,
    submitted_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    session_id TEXT,
    place TEXT,
    worker_id TEXT,
    lease_ms INTEGER,
    claimed_at TEXT,
    fence INTEGER NOT NULL DEFAULT 0,
    beat INTEGER NOT NULL DEFAULT 0,
    deaths INTEGER NOT NULL DEFAULT 0,
    cancel_requested INTEGER NOT NULL DEFAULT 0,
    outcome TEXT,
    idempotency_key TEXT,
    digest TEXT,
    UNIQUE (group_id, number)
  ) STRICT;

  CREATE TABLE payloads (
    seq INTEGER PRIMARY KEY REFERENCES tasks (seq) ON DELETE CASCADE,
    payload TEXT NOT NULL
  ) STRICT;

  CREATE TABLE workers (
    worker_id TEXT PRIMARY KEY,
    info TEXT NOT NULL,
    seen_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE changes (
    rev INTEGER PRIMARY KEY,
    seq INTEGER NOT NULL
  ) STRICT;

  CREATE INDEX tasks_open ON tasks (group_id, number) WHERE head IS NOT NULL;
  CREATE INDEX tasks_waiting ON tasks (state, project, head, seq) WHERE head IS NOT NULL;
  CREATE INDEX tasks_failed ON tasks (state, seq) WHERE head IS NULL AND state <> 'COMPLETE';
  CREATE UNIQUE INDEX tasks_key ON tasks (idempotency_key) WHERE idempotency_key IS NOT NULL;

  CREATE TRIGGER tasks_added AFTER INSERT ON tasks BEGIN
    INSERT INTO changes (seq) VALUES (NEW.seq);
  END;
  CREATE TRIGGER tasks_changed AFTER UPDATE OF updated_at ON tasks BEGIN
    INSERT INTO changes (seq) VALUES (NEW.seq);
  END;
  CREATE TRIGGER tasks_ended AFTER UPDATE OF head ON tasks WHEN OLD.head = 1 AND NEW.head IS NULL BEGIN
    UPDATE tasks SET head = 1 WHERE seq = (
      SELECT seq FROM tasks WHERE group_id = NEW.group_id AND head IS NOT NULL ORDER BY number LIMIT 1);
  END;
  CREATE TRIGGER changes_forgotten AFTER INSERT ON changes WHEN NEW.rev % 1000 = 0 BEGIN
    DELETE FROM changes WHERE rev <= NEW.rev - 20000;
  END;
  `,
];

/** Says that a file is a queue of ours: "pmqu". */
export const APPLICATION_ID = 0x706d7175;
