import type { ChangeSet, FileChange, TreeId } from "../evidence/change.ts";
import type { Git } from "./git.ts";
import { readBlobs, readTree } from "./trees.ts";

const SYMLINK = "120000";
const SUBMODULE = "160000";
/** Symlinks followed for one path before it counts as a loop, as in the kernel. */
const HOPS = 40;
/** A link into these reaches what is no part of the tree. */
const PRIVATE = new Set([".git", ".pm"]);

type Links = ReadonlyMap<string, string>;

/**
 * @returns new or moved submodules, and symlinks that lead out of the project in the result and did not in the base. All
 *   links of the result are looked at: changing one can turn another, untouched one outwards.
 */
export async function findEscapes(
  git: Git,
  base: TreeId,
  result: TreeId,
  files: readonly FileChange[],
): Promise<ChangeSet["escapes"]> {
  const escapes = files
    .filter((file) => file.new_mode === SUBMODULE)
    .map((file) => ({ path: file.path, reason: "a submodule was added or moved" }));
  if (!files.some((file) => file.old_mode === SYMLINK || file.new_mode === SYMLINK)) return escapes;
  const [before, after] = [await readLinks(git, base), await readLinks(git, result)];
  for (const [path, target] of after) {
    const reason = escapeOf(path, target, after);
    if (reason === null) continue;
    const old = before.get(path);
    if (old === target && escapeOf(path, old, before) === reason) continue;
    escapes.push({ path, reason });
  }
  return escapes;
}

async function readLinks(git: Git, tree: TreeId): Promise<Links> {
  const links = [...(await readTree(git, tree))].filter(([, entry]) => entry.mode === SYMLINK);
  const blobs = await readBlobs(
    git,
    links.map(([, entry]) => entry.oid),
  );
  return new Map(links.map(([path, entry]) => [path, blobs.get(entry.oid)?.toString("utf8") ?? ""]));
}

/** @returns why the link leads out, following the tree's other links as the kernel would; null where it stays inside */
function escapeOf(path: string, target: string, links: Links): string | null {
  if (target.startsWith("/")) return `a symlink to the absolute path ${target}`;
  const at = path.split("/").slice(0, -1);
  const todo = target.split("/");
  for (let hops = 0; todo.length > 0; ) {
    const part = todo.shift() as string;
    if (part === "" || part === ".") continue;
    if (part === "..") {
      if (at.pop() === undefined) return `a symlink to ${target}, outside the project`;
      continue;
    }
    at.push(part);
    if (at.length === 1 && PRIVATE.has(part.toLowerCase())) return `a symlink into ${part}`;
    const next = links.get(at.join("/"));
    if (next === undefined) continue;
    if (next.startsWith("/")) return `a symlink to ${target}, which leads to the absolute path ${next}`;
    if (++hops > HOPS) return null;
    at.pop();
    todo.unshift(...next.split("/"));
  }
  return null;
}
