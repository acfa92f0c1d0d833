import { canonicalJson } from "../evidence/canonical-json.ts";
import type { FileChange } from "../evidence/change.ts";

/** Keys of a package.json that describe the package; all others are scripts or settings of tools that check it. */
const DESCRIBES: ReadonlySet<string> = new Set([
  ...["name", "version", "description", "keywords", "homepage", "bugs", "license", "author", "contributors"],
  ...["maintainers", "funding", "repository", "private", "publishConfig", "files", "directories", "man"],
  ...[
    "main",
    "module",
    "browser",
    "exports",
    "types",
    "typings",
    "typesVersions",
    "bin",
    "type",
    "sideEffects",
  ],
  ...["dependencies", "devDependencies", "peerDependencies", "peerDependenciesMeta", "optionalDependencies"],
  ...["bundleDependencies", "bundledDependencies", "engines", "os", "cpu"],
]);

/**
 * @returns `package.json` files whose `scripts` or settings of tools (such as `jest`) differ, or that can't be read on
 *   one side so that they may
 */
export function findChangedScripts(
  files: readonly FileChange[],
  blobs: ReadonlyMap<string, Buffer>,
): string[] {
  return files
    .filter((file) => /(^|\/)package\.json$/.test(file.path))
    .filter((file) => settingsOf(blobs.get(file.old_oid ?? "")) !== settingsOf(blobs.get(file.new_oid ?? "")))
    .map((file) => file.path);
}

function settingsOf(bytes: Buffer | undefined): string {
  if (bytes === undefined) return "{}";
  try {
    const manifest: unknown = JSON.parse(bytes.toString("utf8").replace(/^\uFEFF/, ""));
    if (typeof manifest !== "object" || manifest === null) return "{}";
    const kept = Object.entries(manifest).filter(([key, value]) => !DESCRIBES.has(key) && !isEmpty(value));
    return canonicalJson(Object.fromEntries(kept));
  } catch {
    return `unreadable: ${bytes.toString("latin1")}`;
  }
}

/** No scripts are the same as none mentioned. */
function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
