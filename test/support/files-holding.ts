import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Every file below a folder that holds a word, as it is on disk. */
export function filesHolding(dir: string, word: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(word));
}
