/**
 * Owns the writing side of one open queue: every change is a piece of synchronous work done inside a transaction; what
 * was asked for in the same turn of the event loop is committed together.
 *
 * Invariants:
 * T1 a promise is resolved after the commit that holds its work, and the commit is on disk (Q1);
 * T2 work that throws has changed nothing, and takes nothing else with it;
 * T3 waiting for the lock never blocks the process, and ends with E426 after PATIENCE_MS;
 * T4 between two transactions the event loop goes round once.
 */
import { setTimeout as delay } from "node:timers/promises";
import { isRunnerError, RunnerError } from "@pm/core";
import type { Database } from "./database.ts";
import { isBusy, isDamage, wrapSqliteError } from "./sqlite-error.ts";
import type { WaitingLine } from "./waiting-line.ts";

const PATIENCE_MS = 10_000;
/** A transaction takes no further work after this, so that neither the lock nor the event loop is held for long. */
const TRANSACTION_MS = 5;

interface Job {
  readonly work: () => unknown;
  readonly asked: number;
  resolve(value: unknown): void;
  reject(error: RunnerError): void;
}

export interface Writer {
  /** @param work throws RunnerErrors of its own. @throws also E420–E423, E426 */
  write<T>(work: () => T): Promise<T>;
  /** Resolves when nothing is left to be written. */
  settled(): Promise<void>;
}

export interface WriterOptions {
  readonly line: WaitingLine;
  /** Called after a commit. */
  onCommit(): void;
  /** Called with what SQLite or the file system said. */
  onFailure(error: unknown): void;
}

export function createWriter(db: Database, { line, onCommit, onFailure }: WriterOptions): Writer {
  let jobs: Job[] = [];
  let working: Promise<void> | null = null;

  async function workOff(): Promise<void> {
    while (jobs.length > 0) {
      await new Promise((resolve) => setImmediate(resolve));
      try {
        if (line.mayTry() && begin(db)) {
          line.entered();
          transact();
        } else {
          await delay(line.wait());
          giveUpOld();
        }
      } catch (error) {
        fail(jobs.splice(0), error);
      }
    }
  }

  /** Does the oldest jobs in one transaction that has begun. */
  function transact(): void {
    const began = performance.now();
    const taken: Job[] = [];
    const settle: (() => void)[] = [];
    // A savepoint costs as much as the rest of a small change, and only separates it from others.
    const perform = jobs.length === 1 ? performAlone : performApart;
    try {
      for (let job = jobs[0]; job && performance.now() - began < TRANSACTION_MS; job = jobs[0]) {
        jobs.shift();
        taken.push(job);
        settle.push(perform(job));
      }
      if (db.isTransaction()) db.run("COMMIT");
    } catch (error) {
      rollBack(db);
      if (isBusy(error)) jobs = [...taken, ...jobs];
      else fail(taken, error);
      return;
    }
    for (const tell of settle) tell();
    onCommit();
  }

  /** @returns what tells the caller, once it is committed. */
  function performAlone({ work, resolve, reject }: Job): () => void {
    try {
      const value = work();
      return () => resolve(value);
    } catch (error) {
      if (!isRunnerError(error)) throw error;
      db.run("ROLLBACK");
      return () => reject(error);
    }
  }

  /** The same for one of several. */
  function performApart({ work, resolve, reject }: Job): () => void {
    db.run("SAVEPOINT job");
    try {
      const value = work();
      db.run("RELEASE job");
      return () => resolve(value);
    } catch (error) {
      if (!isRunnerError(error)) throw error;
      db.run("ROLLBACK TO job");
      db.run("RELEASE job");
      return () => reject(error);
    }
  }

  function giveUpOld(): void {
    const now = performance.now();
    const old = jobs.filter(({ asked }) => now - asked >= PATIENCE_MS);
    if (old.length === 0) return;
    jobs = jobs.filter((job) => !old.includes(job));
    fail(old, new RunnerError("E426", { path: db.path, seconds: PATIENCE_MS / 1000 }));
  }

  function fail(failed: readonly Job[], error: unknown): void {
    onFailure(error);
    const all = isDamage(error) ? [...failed, ...jobs.splice(0)] : failed;
    for (const { reject } of all) reject(wrapSqliteError(error, db.path));
  }

  return {
    write: <T>(work: () => T) =>
      new Promise<T>((resolve, reject) => {
        jobs.push({ work, asked: performance.now(), resolve: (value) => resolve(value as T), reject });
        working ??= workOff().finally(() => {
          working = null;
        });
      }),
    async settled() {
      while (working) await working;
    },
  };
}

/** @returns whether this process now holds the write lock. */
function begin(db: Database): boolean {
  try {
    db.run("BEGIN IMMEDIATE");
    return true;
  } catch (error) {
    if (isBusy(error)) return false;
    throw error;
  }
}

function rollBack(db: Database): void {
  try {
    db.run("ROLLBACK");
  } catch {
    // SQLite has done it itself, as after a full disk.
  }
}
