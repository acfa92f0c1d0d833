import { mkdir } from "node:fs/promises";
import * as path from "node:path";
import { withFsErrors } from "../errors/wrap-fs-error.ts";
import { projectLayout } from "../project/layout.ts";
import { removeTree } from "../workspace/open-access.ts";

/** An empty directory for the checkouts and homes of a session; what a crash left in it goes first. @throws E102, E104, E109, E119 */
export async function makeScratch(project: string, sessionId: string): Promise<string> {
  const scratch = path.join(projectLayout(project).workDir, sessionId);
  await withFsErrors(scratch, "write", async () => {
    await removeTree(scratch);
    await mkdir(scratch, { recursive: true, mode: 0o700 });
  });
  return scratch;
}
