import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { NAMESPACE_PATTERN } from "../commands/options.ts";

/** What a namespace keeps of its web servers. */
export interface WebFiles {
  readonly folder: string;
  /** Which servers run. */
  readonly record: string;
  /** Held while `record` is changed. */
  readonly lock: string;
  /** What servers in the background print. */
  readonly log: string;
}

/** @param home as `pmHome` gives it */
export function webFiles(home: string, namespace: string): WebFiles {
  const folder = join(home, "namespaces", namespace);
  return {
    folder,
    record: join(folder, "web.json"),
    lock: join(folder, "web.lock"),
    log: join(folder, "web.log"),
  };
}

/** @returns the namespaces that the home folder knows, by name. */
export async function knownNamespaces(home: string): Promise<string[]> {
  const names = await readdir(join(home, "namespaces")).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return names.filter((name) => NAMESPACE_PATTERN.test(name)).sort();
}
