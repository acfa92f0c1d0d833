import { createHash } from "node:crypto";
import { join } from "node:path";

/** @returns where the editor's files of one project are, below PM_HOME: in no repository, and of no other project. */
export function editorFiles(
  home: string,
  projectRoot: string,
): { readonly history: string; readonly draft: string } {
  const name = createHash("sha256").update(projectRoot).digest("hex").slice(0, 16);
  const directory = join(home, "repl", name);
  return { history: join(directory, "history.jsonl"), draft: join(directory, "draft") };
}
