import { createLazyServices } from "./lazy-services.ts";
import { createNodeIo } from "./node-io.ts";
import { createProgram } from "./program.ts";

/**
 * Runs one command line in this process and ends it.
 * A reader that went away (`pm logs | head`) is no failure; any other write error of stdout is.
 */
export async function main(args: readonly string[], version: string): Promise<void> {
  let broken = false;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE" || error.code === "EIO") return;
    broken = true;
    process.stderr.write(`E119 Unexpected file system error: standard output: ${error.message}.\n`);
  });
  const services = createLazyServices(process.env, version);
  const program = createProgram({ io: createNodeIo(), version, services });
  const code = await program.run(args);
  // What was acknowledged is on disk; a close that fails takes nothing back and must not change the exit code.
  await services.close().catch(() => {});
  // What was written must be out before the explicit end; that end is needed because an open pipe on stdin, or a
  // process that an agent left, must not keep this one alive.
  await new Promise((resolve) => process.stdout.write("", resolve));
  process.exit(broken && code === 0 ? 1 : code);
}
