import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Where this machine's PATH has a program. */
export function findProgram(name: string): string | null {
  const candidates = (process.env.PATH ?? "").split(delimiter).map((dir) => join(dir, name));
  return candidates.find((path) => existsSync(path)) ?? null;
}
