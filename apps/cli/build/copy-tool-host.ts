import { cp } from "node:fs/promises";
import { join } from "node:path";

/** Puts the program that runs an agent's tools beside the bundle, where `tool-host-path.ts` looks for it. */
export async function copyToolHost(from: string, outDir: string): Promise<void> {
  await cp(from, join(outDir, "tool-host"), { recursive: true });
}
