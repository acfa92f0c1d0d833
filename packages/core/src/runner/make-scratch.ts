import { mkdir } from "node:fs/promises";
import * as path from "node:path";
import { projectLayout } from "../project/layout.ts";
import { removeTree } from "../workspace/open-access.ts";

/** An empty directory for the checkouts and homes of a session; what a crash left in it goes first. */
export async function makeScratch(project: string, sessionId: string): Promise<string> {
  const scratch = path.join(projectLayout(project).workDir, sessionId);
  await removeTree(scratch);
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  return scratch;
}
