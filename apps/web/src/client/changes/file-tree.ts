/** The changed files as rows of a tree, folders that hold only one folder folded into one row. Pure. */
import type { ChangedFile } from "../api/types.ts";

export type TreeRow =
  | {
      readonly kind: "folder";
      readonly path: string;
      readonly name: string;
      readonly depth: number;
      readonly files: number;
    }
  | { readonly kind: "file"; readonly file: ChangedFile; readonly name: string; readonly depth: number };

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly files: { readonly name: string; readonly file: ChangedFile }[];
}

const folder = (): Folder => ({ folders: new Map(), files: [] });
const byName = <T>([a]: [string, T], [b]: [string, T]) => (a < b ? -1 : 1);
const total = (of: Folder): number =>
  of.files.length + [...of.folders.values()].reduce((sum, one) => sum + total(one), 0);

/** @param closed paths of folders that are folded */
export function fileTree(files: readonly ChangedFile[], closed: ReadonlySet<string>): TreeRow[] {
  const root = folder();
  for (const file of files) {
    const parts = file.path.split("/");
    const name = parts.pop() ?? file.path;
    let at = root;
    for (const part of parts) {
      let next = at.folders.get(part);
      if (!next) {
        next = folder();
        at.folders.set(part, next);
      }
      at = next;
    }
    at.files.push({ name, file });
  }
  const rows: TreeRow[] = [];
  const walk = (at: Folder, prefix: string, depth: number) => {
    for (const [first, start] of [...at.folders].sort(byName)) {
      let [name, inner] = [first, start];
      while (inner.files.length === 0 && inner.folders.size === 1) {
        const [[only, next]] = [...inner.folders] as [[string, Folder]];
        name = `${name}/${only}`;
        inner = next;
      }
      const path = `${prefix}${name}/`;
      rows.push({ kind: "folder", path, name, depth, files: total(inner) });
      if (!closed.has(path)) walk(inner, path, depth + 1);
    }
    for (const { name, file } of [...at.files].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      rows.push({ kind: "file", file, name, depth });
    }
  };
  walk(root, "", 0);
  return rows;
}

/** The files in the order in which the open tree shows them. */
export const treeOrder = (files: readonly ChangedFile[]): ChangedFile[] =>
  fileTree(files, new Set()).flatMap((row) => (row.kind === "file" ? [row.file] : []));
