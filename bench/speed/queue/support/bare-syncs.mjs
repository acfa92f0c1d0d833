import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";

const BLOCK = Buffer.alloc(4096);
const BLOCKS = 1_000;
const ROUNDS = 4;

/**
 * What no queue can beat that syncs every commit on its own: one block written over and synced, again and again, in a file
 * that has its size already, as the log of SQLite has. @returns {number} syncs a second
 */
export function bareSyncs(folder) {
  const file = openSync(join(folder, "bare"), "w");
  for (let n = 0; n < BLOCKS; n += 1) writeSync(file, BLOCK, 0, BLOCK.length, n * BLOCK.length);
  fsyncSync(file);
  const began = performance.now();
  for (let n = 0; n < ROUNDS * BLOCKS; n += 1) {
    writeSync(file, BLOCK, 0, BLOCK.length, (n % BLOCKS) * BLOCK.length);
    fsyncSync(file);
  }
  const seconds = (performance.now() - began) / 1e3;
  closeSync(file);
  return Math.round((ROUNDS * BLOCKS) / seconds);
}
