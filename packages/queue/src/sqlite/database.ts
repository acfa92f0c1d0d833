/**
 * Owns one connection and its prepared statements. Throws what SQLite throws; callers wrap it once.
 *
 * Invariants:
 * D1 every connection syncs its log before a commit returns (FULL): a WAL file reopens at NORMAL, so it is said on each open;
 * D2 SQLite never sleeps in here: what is locked throws at once, and waiting is done without blocking the process;
 * D3 a connection that met damage leaves the file as it is, also when it closes.
 *
 * The driver can't finalize a statement, so a connection that has prepared some lives on, idle, until they are collected;
 * nothing here relies on what SQLite does when the last connection closes.
 */
import { DatabaseSync } from "@photostructure/sqlite";

type Value = string | number | null;

export interface Database {
  readonly path: string;
  /** True where only reading is possible. */
  readonly readOnly: boolean;
  get<Row>(sql: string, ...values: Value[]): Row | undefined;
  all<Row>(sql: string, ...values: Value[]): Row[];
  run(sql: string, ...values: Value[]): number;
  isTransaction(): boolean;
  /** Several statements, not kept. */
  exec(sql: string): void;
  /** @param damaged see D3 */
  close(damaged?: boolean): void;
}

type Statement = ReturnType<InstanceType<typeof DatabaseSync>["prepare"]>;

/** What a queue of some ten thousand tasks needs to find its way without reading pages again. */
const CACHE_KIB = 8192;

/** While one is open, no other connection of this process is the last one, which would write the log into the file. */
const guards: unknown[] = [];

/** @param location a path, or the URI of one */
export function connect(
  path: string,
  { readOnly, location = path }: { readOnly: boolean; location?: string },
): Database {
  const db = new DatabaseSync(location, { readOnly, timeout: 0, enableForeignKeyConstraints: true });
  const statements = new Map<string, Statement>();
  let wrote = false;
  const prepared = (sql: string): Statement => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = db.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  try {
    // Reads the schema, and so may find it locked.
    db.exec(`PRAGMA synchronous = FULL; PRAGMA cache_size = -${CACHE_KIB}`);
  } catch (error) {
    db.close();
    throw error;
  }
  return {
    path,
    readOnly,
    get: <Row>(sql: string, ...values: Value[]) => prepared(sql).get(...values) as Row | undefined,
    all: <Row>(sql: string, ...values: Value[]) => prepared(sql).all(...values) as Row[],
    run(sql, ...values) {
      wrote ||= !readOnly;
      return prepared(sql).run(...values).changes;
    },
    isTransaction: () => db.isTransaction,
    exec: (sql) => db.exec(sql),
    close(damaged = false) {
      if (damaged && !readOnly) holdOpen(path);
      else if (wrote) emptyLog(db);
      statements.clear();
      db.close();
    },
  };
}

/** Whoever opens the file next would have to read the whole log first. */
function emptyLog(db: InstanceType<typeof DatabaseSync>): void {
  try {
    db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  } catch {
    // Others are at it; the log is as durable as the file.
  }
}

function holdOpen(path: string): void {
  const guard = new DatabaseSync(path, { readOnly: true });
  guards.push(guard);
  try {
    // The first read is what takes the shared lock.
    guard.exec("PRAGMA user_version");
  } catch {
    // It is damaged: that much was known.
  }
}
