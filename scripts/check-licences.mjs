/**
 * Everything that our packages ship or bundle may be used by anyone (MIT, Apache, BSD, ISC), and the lock file names no
 * host: it works with whatever registry npm is set up for.
 */
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isAllowedLicence } from "./lib/licences.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const readManifest = (folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

function findDependency(from, name) {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (existsSync(join(candidate, "package.json"))) return realpathSync(candidate);
    if (folder === dirname(folder)) return null;
  }
}

/** Folders of all packages that ours reach; tools in the root's manifest ship with nothing. */
function reachablePackages() {
  const ours = ["packages", "apps"]
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(root, folder, name)))
    .filter((folder) => existsSync(join(folder, "package.json")));
  const seen = new Set();
  const visit = (folder, names) => {
    for (const name of names) {
      const found = findDependency(folder, name);
      // An optional dependency of another platform.
      if (found === null || seen.has(found)) continue;
      seen.add(found);
      const { dependencies, optionalDependencies } = readManifest(found);
      visit(found, Object.keys({ ...dependencies, ...optionalDependencies }));
    }
  };
  for (const folder of ours) {
    const { dependencies, devDependencies } = readManifest(folder);
    // An app is bundled: what it lists for development ends in its tarball. A package's is for its tests alone.
    const isApp = dirname(folder) === join(root, "apps");
    visit(folder, Object.keys({ ...dependencies, ...(isApp && devDependencies) }));
  }
  return [...seen].filter((folder) => !ours.includes(folder));
}

const problems = reachablePackages()
  .map(readManifest)
  .filter(({ license }) => !isAllowedLicence(license))
  .map(({ name, version, license }) => `${name}@${version} has the licence ${JSON.stringify(license)}`);

readFileSync(join(root, "pnpm-lock.yaml"), "utf8")
  .split("\n")
  .forEach((line, index) => {
    if (line.includes("://") && !/^\s*deprecated:/.test(line)) {
      problems.push(`pnpm-lock.yaml:${index + 1} names a host: ${line.trim()}`);
    }
  });

for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
