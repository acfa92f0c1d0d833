/**
 * Opens the file of a queue, or makes it. It is first looked at through a connection that can only read, so that a file which
 * is refused (damaged, newer, not ours) is left byte for byte as it was; closing a connection that can write would move the
 * log into it.
 *
 * The file is never opened or closed but by SQLite once it exists: closing any descriptor of it would drop the locks of every
 * connection that this process has to it.
 */
import { accessSync, closeSync, constants, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { makeDirs, RunnerError } from "@pm/core";
import { connect, type Database } from "./database.ts";
import { APPLICATION_ID, MIGRATIONS } from "./migrations.ts";
import { isBusy, wrapSqliteError } from "./sqlite-error.ts";
import { requireSound } from "./sqlite-version.ts";

const PATIENCE_MS = 10_000;
const RETRY_MS = 2;
/** Bytes. */
const SMALLEST_PAGE = 512;

/** @throws RunnerError E420–E426 */
export async function openDatabase(path: string): Promise<Database> {
  try {
    requireSound(sqliteVersion());
    if (create(path) || statSync(path).size === 0) return await prepare(path);
    // SQLite would only say that it can't open it.
    accessSync(path, constants.R_OK);
    // And would take this for an empty one.
    if (statSync(path).size < SMALLEST_PAGE)
      throw new RunnerError("E423", { path, reason: "it is too short to be one" });
    const location = await patiently(path, () => probe(path));
    return isWritable(path)
      ? await prepare(path)
      : await patiently(path, () => connect(path, { readOnly: true, location }));
  } catch (error) {
    throw wrapSqliteError(error, path);
  }
}

/** Does what may be locked, again and again. @throws RunnerError E426 */
export async function patiently<T>(path: string, work: () => T): Promise<T> {
  const began = performance.now();
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (performance.now() - began > PATIENCE_MS)
        throw new RunnerError("E426", { path, seconds: PATIENCE_MS / 1000 }, error);
    }
    await delay(RETRY_MS);
  }
}

function sqliteVersion(): string {
  const memory = connect(":memory:", { readOnly: false });
  try {
    return memory.get<{ version: string }>("SELECT sqlite_version() AS version")?.version ?? "unknown";
  } finally {
    memory.close();
  }
}

/** Makes the folder and an empty file, readable for nobody else. @returns false where the file is there. */
function create(path: string): boolean {
  try {
    makeDirs(dirname(path));
    closeSync(openSync(path, constants.O_CREAT | constants.O_EXCL | constants.O_RDWR, 0o600));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    if (!isThere(path)) throw error;
    return false;
  }
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    accessSync(dirname(path), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Looks at the beginning of every table and index. @returns what to open for reading.
 * @throws RunnerError E420, E424, and what SQLite throws
 */
function probe(path: string): string {
  // Without its log and where none can be made, a file can only be read as one that nobody changes.
  const unchanging = !isWritable(path) && !isThere(`${path}-wal`);
  const location = unchanging ? `${pathToFileURL(path).href}?immutable=1` : path;
  const db = connect(path, { readOnly: true, location });
  try {
    const version = requireOurs(db);
    if (version > 0)
      for (const { name } of db.all<{ name: string }>(TABLES)) db.get(`SELECT * FROM "${name}"`);
    return location;
  } finally {
    db.close();
  }
}

const TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table'";

/** @returns the version of the schema; 0 where there is none yet. @throws RunnerError E420, E424 */
function requireOurs(db: Database): number {
  // In this order: another process may be making it between two of these.
  const isEmpty = db.get("SELECT 1 FROM sqlite_schema LIMIT 1") === undefined;
  const program = db.get<{ application_id: number }>("PRAGMA application_id")?.application_id ?? 0;
  const found = db.get<{ user_version: number }>("PRAGMA user_version")?.user_version ?? 0;
  if (program !== APPLICATION_ID && !(isEmpty && program === 0))
    throw new RunnerError("E420", { path: db.path, reason: "it is the database of another program" });
  if (found > MIGRATIONS.length)
    throw new RunnerError("E424", { path: db.path, found, known: MIGRATIONS.length });
  return found;
}

async function prepare(path: string): Promise<Database> {
  const db = await patiently(path, () => connect(path, { readOnly: false }));
  try {
    await patiently(path, () => db.exec("PRAGMA journal_mode = WAL"));
    const version = () => patiently(path, () => requireOurs(db));
    while ((await version()) < MIGRATIONS.length) await patiently(path, () => migrate(db));
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function migrate(db: Database): void {
  db.exec("BEGIN IMMEDIATE");
  try {
    // Again under the lock: another process may have come first.
    const version = requireOurs(db);
    const step = MIGRATIONS[version];
    if (step !== undefined)
      db.exec(`${step}; PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${version + 1}`);
    db.exec("COMMIT");
  } catch (error) {
    try {
      db.exec("ROLLBACK");
    } catch {
      // SQLite has done it itself.
    }
    throw error;
  }
}
