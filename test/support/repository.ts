import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const repository = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** Builds a package as `pnpm verify` does, so that a test never looks at a stale bundle. */
export function build(packageName: string): void {
  const turbo = join(repository, "node_modules", ".bin", "turbo");
  execFileSync(turbo, ["run", "build", `--filter=${packageName}`, "--output-logs=errors-only"], {
    cwd: repository,
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" },
    stdio: "pipe",
  });
}
