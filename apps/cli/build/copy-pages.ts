import { existsSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";

/**
 * Puts the built pages of the web UI beside the bundle.
 * @param from what the build of apps/web made
 * @throws Error where it has not been built
 */
export async function copyPages(from: string, outDir: string): Promise<void> {
  if (!existsSync(join(from, "index.html"))) {
    throw new Error(
      `The pages of the web UI are not built (${from}). Run: npx turbo run build --filter=@pm/web`,
    );
  }
  await cp(from, join(outDir, "web"), { recursive: true });
}
