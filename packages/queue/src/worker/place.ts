import { createHash, randomUUID } from "node:crypto";
import { readFile, realpath, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeDirs } from "@pm/core";
import { originOf } from "./origin-of.ts";

/** One project in one folder of one machine, and the words by which the queue knows it. */
export interface Place {
  /** Real path of the project. */
  readonly root: string;
  /** Where its evidence is. */
  readonly place: string;
  /** Key of tasks that only workers of this very folder may run. */
  readonly ownKey: string;
  /** Key of tasks that workers of any copy of the project may run. */
  readonly sharedKey: string;
  /** What a worker of it claims. */
  readonly claimKeys: readonly string[];
}

/**
 * On SQLite a project is its folder: nothing else can share the queue. On DynamoDB a copy on another machine is the same
 * project where both have the same `origin`, or where one was cloned from the other's path.
 * @param home the home folder of `pm`; what it says of this machine is kept there.
 */
export async function placeOf(engine: "sqlite" | "dynamodb", home: string, project: string): Promise<Place> {
  const root = await realpath(project);
  if (engine === "sqlite") return { root, place: root, ownKey: root, sharedKey: root, claimKeys: [root] };
  const place = `${await machineId(home)}:${root}`;
  const path = `path:${root}`;
  const origin = await originOf(root);
  return {
    root,
    place,
    ownKey: place,
    sharedKey: origin ?? path,
    claimKeys: [...new Set([place, path, ...(origin === null ? [] : [origin])])],
  };
}

/** Not the host's name: several homes on one host are several places, and a container's name changes. */
async function machineId(home: string): Promise<string> {
  const file = join(home, "machine-id");
  const read = async () => {
    const id = (await readFile(file, "utf8")).trim();
    return createHash("sha256").update(id).digest("hex").slice(0, 12);
  };
  try {
    return await read();
  } catch {
    makeDirs(home);
    // Another process may be first; then its id is the one.
    await writeFile(file, `${randomUUID()}\n`, { flag: "wx", mode: 0o600 }).catch(() => {});
    return read();
  }
}
