import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const manifest = fileURLToPath(new URL("../package.json", import.meta.url));

/** Installs what the queue is measured against, once a version, outside of the project. @returns the folder */
export function installPeers() {
  const digest = createHash("sha256").update(readFileSync(manifest)).digest("hex").slice(0, 12);
  const folder = join(tmpdir(), `pm-bench-queue-${digest}`);
  if (!existsSync(join(folder, "node_modules/bullmq"))) {
    console.error(`Installing ${Object.entries(dependencies()).flat().join(" ")} into ${folder}`);
    mkdirSync(folder, { recursive: true });
    copyFileSync(manifest, join(folder, "package.json"));
    const args = ["install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"];
    execFileSync("npm", args, { cwd: folder, stdio: ["ignore", 2, 2] });
  }
  return folder;
}

export const dependencies = () => JSON.parse(readFileSync(manifest, "utf8")).dependencies;

/** @param {string} folder of installPeers */
export const requireFrom = (folder) => createRequire(join(folder, "package.json"));
